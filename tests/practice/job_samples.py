"""Job descriptions written for the tests, and what a person finds in each of them."""

from __future__ import annotations

from typing import NamedTuple

from itpm_prep.practice.words import set_of


class Sample(NamedTuple):
    """A text, and what is truly in it."""

    text: str
    level: str
    specialisation: str
    competencies: frozenset[str]
    tools: frozenset[str]


ERP_SENIOR = Sample(
    """Senior IT Project Manager (ERP)

Halden Paper AS, Drammen

About us
We have made packaging board for more than 60 years. Our 1,400 people work at five mills in Norway and Poland.

What you will do
• Lead the rollout of SAP S/4HANA to the Polish mills, from fit-gap workshops to cutover and hypercare.
• Own the integrated plan and manage dependencies between finance, logistics and production.
• Hold the budget of 38 million NOK and forecast the cost to completion every month.
• Keep the RAID log, and escalate what the steering committee has to decide.
• Manage our implementation partner and two local suppliers, including the statement of work and
  contract negotiation.
• Prepare user acceptance testing and data migration together with the key users.
• Work with the change lead on end-user training and business readiness.

Who you are
• 8+ years of experience in IT projects, three of them with ERP.
• PRINCE2 Practitioner or PMP.
• Used to talking with senior stakeholders; you report to the IT Director.
• You speak English and Norwegian. Polish is not required.

What we offer
Health insurance without risk assessment, a pension plan, coaching, and a network of colleagues who
celebrate each milestone.
""",
    "senior",
    "erp",
    set_of("""planning_scheduling cost_benefit risk_issue resources_vendors
        scope_requirements quality_compliance
        organisational_change stakeholder_communication conflict_negotiation technical_fluency
        strategy_governance"""),
    frozenset({"SAP S/4HANA", "PRINCE2", "PMP"}),
)

AGILE_MID = Sample(
    """Scrum Master / Agile Project Manager

Our payments team in Leeds ships every two weeks and looks for somebody who keeps it that way.

Responsibilities:
- Run sprint planning, daily stand-ups, reviews and retrospectives for two squads of nine.
- Help the product owner keep the backlog in order, with acceptance criteria that can be tested.
- Remove what blocks the team, and escalate issues that it cannot solve itself.
- Make velocity and lead time visible on a dashboard; no story point contests.
- Coach developers and testers in working together.
- Resolve conflicts between competing priorities of three internal customers.

Requirements:
- 3 to 5 years of experience with Scrum or Kanban in software teams.
- CSM or PSM certificate.
- Jira and Confluence. Excel in what you do, and have fun.
- No SAP knowledge needed.

We are an equal opportunities employer and welcome applications from everyone.
""",
    "mid",
    "agile",
    set_of("""planning_scheduling scope_requirements risk_issue metrics_reporting team_leadership
        conflict_negotiation delivery_method"""),
    frozenset({"CSM", "PSM", "Jira", "Confluence"}),
)

INFRASTRUCTURE_JUNIOR = Sample(
    """Project Coordinator, Data Centre Migration

Location: Brno. Contract: 18 months.

You support the senior project manager who moves 240 servers from two old data centres to the cloud.

Your tasks
* Update the project schedule and remind owners of milestones.
* Take minutes and follow up actions.
* Keep the risk register and the issue log up to date.
* Collect figures for the weekly status report.
* Place purchase orders and check invoices against the budget.
* Register change requests for the change advisory board.

Your profile
* 1-2 years of experience in an office or project role; recent graduates are welcome.
* A basic technical understanding of servers and networks. AWS or Azure is a plus.
* You work independently, with attention to detail.
* Microsoft Excel and SharePoint.

Benefits
Free lunch, transformation coaching and a self-starter kit.
""",
    "junior",
    "infrastructure",
    set_of("""planning_scheduling risk_issue metrics_reporting cost_benefit change_control technical_fluency
        self_management"""),
    frozenset({"AWS", "Azure", "Excel", "SharePoint"}),
)

CYBER_DIRECTOR = Sample(
    """Director of IT Programme Delivery - Information Security

The trust runs four hospitals. After an incident last year the board funds a security programme of
GBP 22m over four years, and looks for the person who leads it.

The role
You own the portfolio of projects for identity and access management, network segmentation and the new
security operations centre. You set the portfolio priorities with the investment committee, chair the
programme board, and answer for benefits realisation to the executive board. You line manage six senior
project managers and two programme managers, and develop talent in the PMO.

You will also
1. build the business case for each tranche,
2. negotiate with unions and suppliers,
3. lead the change management that makes 9,000 clinicians use a second factor,
4. assure regulatory compliance (NIS2, ISO 27001, data protection) and stand up to audit,
5. report to the board on key performance indicators.

The person
At least 15 years' experience, of which five led programmes in healthcare or another regulated sector.
MSP practitioner, CISM or CISSP. Resilient, with diplomacy.

Equal opportunities
We guarantee an interview to every disabled applicant who meets the criteria. Junior colleagues may apply.
""",
    "director",
    "cybersecurity",
    set_of("""strategy_governance cost_benefit risk_issue team_leadership
        conflict_negotiation resources_vendors
        organisational_change quality_compliance metrics_reporting self_management technical_fluency
        stakeholder_communication"""),
    frozenset({"MSP", "CISM", "CISSP"}),
)

# Written after the word lists, which found four in five of these at first and were then added to.
COORDINATOR = Sample(
    """Junior Project Coordinator (IT), county hospital trust

Supporting the PMO, you'll maintain project plans in MS Project, take minutes, chase actions, update RAID logs
and prepare highlight reports for steering groups. You will help the roll-out of the electronic patient record
to 14 wards: booking training, floor-walking during go-live and collecting feedback from nurses.

No previous project management experience is needed; a Foundation certificate (or willingness to study) is. We
don't expect you to manage suppliers or budgets.
""",
    "junior",
    "general",
    set_of("""strategy_governance planning_scheduling risk_issue metrics_reporting stakeholder_communication
        organisational_change"""),
    frozenset({"Microsoft Project"}),
)

PORTFOLIO_HEAD = Sample(
    """Head of Technology Portfolio

Reporting to the CIO, you own a 40m annual change portfolio: prioritisation, business cases, benefits
realisation and the investment committee. You lead nine programme and project managers, set the delivery
framework (hybrid: PRINCE2 and SAFe) and assure the cyber remediation programme following last year's audit
(ISO 27001, NIS2). You will renegotiate our outsourcing contract, restructure the PMO and coach your managers
through the change.
""",
    "director",
    "cybersecurity",
    set_of("""cost_benefit strategy_governance delivery_method quality_compliance organisational_change
        resources_vendors team_leadership conflict_negotiation"""),
    frozenset({"PRINCE2", "SAFe"}),
)

DELIVERY_LEAD = Sample(
    """Delivery Lead, Payments Platform (Lisbon, hybrid)

We are a 300-person fintech. You will run two scrum teams that move our ledger from a monolith to services on
AWS. Day to day you plan quarterly increments with product, unblock dependencies with the card processor and
our core-banking supplier, keep the budget for contractors, and tell the board once a month where we stand, in
numbers.

What you bring
- 6+ years leading software delivery, at least 2 with regulated products (PSD2, PCI DSS)
- you can read an architecture diagram and ask the right question about an API
- comfortable saying no to a stakeholder and explaining why
- Jira, Confluence; you build your own dashboards

What we offer: 25 days holiday, budget for training, risk-free relocation.
""",
    "mid",
    "software",
    set_of("""delivery_method planning_scheduling resources_vendors cost_benefit metrics_reporting
        quality_compliance technical_fluency stakeholder_communication"""),
    frozenset({"AWS", "Jira", "Confluence"}),
)

SAMPLES = {
    "ERP, senior": ERP_SENIOR,
    "agile, mid": AGILE_MID,
    "infrastructure, junior": INFRASTRUCTURE_JUNIOR,
    "cybersecurity, director": CYBER_DIRECTOR,
    "hospital, junior": COORDINATOR,
    "portfolio, director": PORTFOLIO_HEAD,
    "payments, mid": DELIVERY_LEAD,
}
