"""The words by which a job description tells what it asks for.

Phrases are matched by their stems and in this order ("managing risks" is found by "manage risk"); a word
that also means something else in a job advertisement ("change", "plan", "support") stands only in a
phrase. The names of tools are matched as they are written, see ``job_marks``.
"""

from __future__ import annotations

from collections.abc import Mapping

from itpm_prep.bank.types import Competency, Specialisation


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


COMPETENCY_PHRASES: Mapping[Competency, tuple[str, ...]] = {
    "scope_requirements": _phrases(
        """requirement gathering, gather requirements, elicit requirements, requirements analysis,
        business requirements, functional requirements, non-functional requirements, define scope,
        project scope, scope management, manage scope, scope creep, scope statement, statement of work,
        work breakdown structure, acceptance criteria, user stories, backlog refinement, business analysis,
        define the scope, project charter, requirements engineering, requirements management,
        traceability"""
    ),
    "planning_scheduling": _phrases(
        """project plan, project planning, delivery plan, plan and schedule, project schedule, scheduling,
        critical path, milestone, gantt, dependency management, manage dependencies, interdependencies,
        roadmap, release plan, resource plan, plan and deliver, on time, cutover plan, sprint planning,
        timeline, work package, integrated plan, dependencies, plan and execute, estimation, stage plan,
        deliver to schedule, plan and track, detailed plans, increments"""
    ),
    "cost_benefit": _phrases(
        """budget, business case, cost control, cost management, within budget, forecast, financial
        management, financial control, benefits realisation, benefits realization, benefits management,
        return on investment, roi, cost benefit analysis, capex, opex, p&l, profit and loss,
        purchase orders, earned value, project finances, project costs, total cost of ownership, invoicing,
        cost tracking"""
    ),
    "risk_issue": _phrases(
        """risk management, manage risk, risk register, risk log, raid log, raid, risk assessment,
        identify risks, mitigate risk, risk mitigation, risks and issues, issue management, resolve issues,
        issue resolution, issue log, manage issues, escalate issues, contingency, contingency plan,
        risk and issue, project risks, mitigation plan, escalation, escalate, problem escalation,
        track issues, risk analysis, risks issues"""
    ),
    "quality_compliance": _phrases(
        """quality assurance, quality management, quality control, quality standards, acceptance testing,
        user acceptance, test plan, test management, test strategy, regulatory compliance,
        regulatory requirements, gdpr, data protection, audit, iso 9001, hipaa, sox,
        compliance requirements, validation, quality gate, lessons learned, definition of done, gxp,
        ensure compliance, pci dss, iso 27001, quality plan"""
    ),
    "change_control": _phrases(
        """change control, change request, change advisory board, configuration management, baseline,
        change board, scope change, project changes, control changes, release management, change log,
        impact assessment, impact analysis, change enablement, change process"""
    ),
    "resources_vendors": _phrases(
        """vendor management, manage vendors, supplier management, manage suppliers, third party suppliers,
        third party vendors, third parties, procurement, contract management, manage contracts,
        contract negotiation, request for proposal, rfp, tender, outsourcing, service level agreement,
        resource management, resource allocation, allocate resources, resource planning, contractors,
        external partners, external suppliers, external vendors, implementation partner,
        system integrator, systems integrator, subcontractors, supplier performance, vendors,
        offshore team, capacity planning, suppliers"""
    ),
    "stakeholder_communication": _phrases(
        """stakeholder management, manage stakeholders, stakeholder engagement, engage stakeholders,
        stakeholder, communication plan, communication skills, written and verbal, verbal and written,
        written and oral, present to executives, presentation skills, steering committee, steering group,
        executive communication, facilitate workshops, facilitate meetings, workshop facilitation,
        single point of contact, client communication, customer relationship, client relationship,
        expectation management, manage expectations, communicate with, business partners,
        relationship management, build relationships"""
    ),
    "metrics_reporting": _phrases(
        """status report, progress report, project report, dashboard, kpi, key performance indicator,
        metrics, highlight report, track progress, monitor progress, reporting to the steering,
        tell the board, report to the board, inform the board, project status, report on progress,
        weekly report, monthly report, performance report,
        burn down, velocity, variance analysis, earned value, okr, steering report, board reports,
        report progress"""
    ),
    "delivery_method": _phrases(
        """agile, waterfall, scrum, kanban, prince2, pmbok, hybrid delivery, project methodology,
        project management methodology, delivery methodology, sdlc, software development life cycle,
        project life cycle, safe, scaled agile, sprint, retrospective, daily stand up, iterative delivery,
        delivery framework, lean, project management framework, stage gate, devops,
        project management standards"""
    ),
    "technical_fluency": _phrases(
        """technical background, technical understanding, technical knowledge, it infrastructure,
        cloud migration, system integration, data migration, software development, api, apis,
        enterprise architecture, solution architecture, technical design, technical architecture,
        network design, network engineers, database, cloud computing, cloud services,
        cloud platform, information technology,
        information systems, enterprise applications, technical concepts, technical teams,
        system architecture, data centre, data center, cybersecurity, computer science"""
    ),
    "team_leadership": _phrases(
        """lead a team, lead teams, team leadership, leadership skills, cross-functional team,
        multidisciplinary team, matrix organisation, matrix environment, mentor, coach, coaching,
        line management, performance management, motivate, people management, team building,
        team management, manage a team, servant leader, delegate, virtual team, distributed team,
        remote team, lead cross-functional, develop talent, direct reports, lead a group,
        lead and develop, project team members, line manage, lead project teams"""
    ),
    "conflict_negotiation": _phrases(
        """negotiate, negotiation, conflict resolution, resolve conflict, influencing skills,
        influence without authority, conflict management, competing priorities, conflicting priorities,
        mediate, build consensus, difficult conversations, influence and negotiate, manage conflict,
        challenge constructively, influence stakeholders, diplomacy, persuade, influencing"""
    ),
    "organisational_change": _phrases(
        """change management, organisational change, organizational change, business change, user adoption,
        training plan, end user training, adkar, kotter, change impact, change readiness, change champion,
        business readiness, drive adoption, resistance to change, cultural change, change network,
        transition plan, transformation programme, transformation program, adoption, change agent,
        user training, prosci, lead change, floor walking, book training, training sessions, roll out,
        through the change, restructure, train users"""
    ),
    "strategy_governance": _phrases(
        """project governance, programme governance, program governance, governance, portfolio management,
        project portfolio, strategic objectives, strategic goals, strategic alignment, it strategy, pmo,
        project management office, investment decisions, prioritise the portfolio, steering committee,
        strategic planning, target operating model, portfolio prioritisation, business strategy,
        executive board, investment committee, portfolio of projects, technology strategy,
        digital strategy, align with strategy"""
    ),
    "self_management": _phrases(
        """time management, self-motivated, self-starter, multiple projects, prioritisation skills,
        work independently, work under pressure, attention to detail, organisational skills,
        organizational skills, tight deadlines, continuous learning, adaptable, resilience, resilient,
        ambiguity, proactive, problem-solving, fast-paced environment, own initiative, prioritise tasks,
        prioritize tasks, multitask, well organised, well organized, professional development"""
    ),
}

# Phrases that a job of another specialisation seldom holds count DEFINITE, the others one.
DEFINITE = 3
DEFINITE_PHRASES: Mapping[Specialisation, tuple[str, ...]] = {
    "infrastructure": _phrases(
        """data centre migration, data center migration, infrastructure project, it infrastructure,
        network infrastructure, cloud migration, network refresh, server migration, infrastructure
        programme, infrastructure program, hardware refresh, wide area network, infrastructure migration,
        storage and backup, virtualisation, virtualization, landing zone, structured cabling,
        infrastructure upgrade"""
    ),
    "software": _phrases(
        """software development project, software delivery, software development life cycle, sdlc,
        software project, application development, software engineering team, mobile app, web application,
        software release, continuous delivery, continuous integration, product engineering, custom software,
        software development team, development team, software product, software engineers"""
    ),
    "itsm": _phrases(
        """itil, it service management, itsm, service desk, incident management, service transition,
        service delivery management, service catalogue, service catalog, cmdb, major incident,
        service level management, service management tool, service operations, problem management,
        request fulfilment, change advisory board"""
    ),
    "cybersecurity": _phrases(
        """cybersecurity, cyber security, information security, iso 27001, penetration test,
        vulnerability management, identity and access management, security operations centre,
        security operations center, siem, zero trust, nist, security programme, security program,
        privileged access, incident response, security remediation, security architecture, soc 2, nis2,
        security controls"""
    ),
    "erp": _phrases(
        """erp, enterprise resource planning, s/4hana, sap implementation, erp implementation, sap fico,
        oracle fusion, netsuite, dynamics 365, sap rollout, erp rollout, template rollout, fit gap,
        chart of accounts, order to cash, procure to pay, record to report, data conversion"""
    ),
    "digital_transformation": _phrases(
        """digital transformation, digitalisation, digitalization, digital strategy, operating model,
        process automation, robotic process automation, customer journey, digital channels,
        digital products, digitise, digitize, business process redesign, intelligent automation,
        transformation programme, transformation program, legacy modernisation, legacy modernization,
        digital adoption, paperless"""
    ),
    "agile": _phrases(
        """scrum master, agile coach, release train engineer, agile release train, agile transformation,
        scaled agile, program increment, pi planning, agile delivery manager, agile project manager,
        agile delivery, scrum of scrums, agile ceremonies, less framework, safe agilist"""
    ),
}
HINT_PHRASES: Mapping[Specialisation, tuple[str, ...]] = {
    "infrastructure": _phrases(
        """data centre, data center, network, server, firewall, wi-fi, wan, lan, cabling, storage, telecoms,
        end user computing, disaster recovery, cloud platform, sd-wan, router"""
    ),
    "software": _phrases(
        """software development, software, code, api, apis, devops, user interface, front end,
        back end, deployment pipeline, microservices, test automation"""
    ),
    "itsm": _phrases("service level agreement, sla, slas, support desk, change enablement, ticketing"),
    "cybersecurity": _phrases("security, encryption, phishing, threat, vulnerabilities, siem, ransomware"),
    "erp": _phrases("finance system, hr system, business process, key users, go live, master data, payroll"),
    "digital_transformation": _phrases(
        "transformation, automation, digital, innovation, customer experience, data-driven"
    ),
    "agile": _phrases("scrum, kanban, sprint, backlog, product owner, retrospective, velocity, agile"),
}
