"""The marks by which a job description tells level and tools, and the parts of it that do not count."""

from __future__ import annotations

from collections.abc import Mapping

from itpm_prep.bank.types import Level
from itpm_prep.practice.words import set_of

# Level: pattern and weight. What stands in a title or in years of experience weighs most; "report to the
# director" and "senior stakeholders" are about others (ABOUT_OTHERS, and the nouns asked for here).
_KIND = (
    r"(?:(?:it|ict|technical|technology|digital|infrastructure|software|erp|sap|cyber ?security"
    r"|agile)\s){0,3}"
)
_POST = (
    r"(?:(?:project|programme|program|delivery|pmo|portfolio|release train) (?:manager|lead|engineer)"
    r"|scrum master)"
)
_REALM = r"(?:it|pmo|projects?|program|programmes?|portfolio|delivery|technology|transformation|change)"
LEVEL_PATTERNS: tuple[tuple[Level, str, int], ...] = (
    ("junior", rf"(?:junior|associate|assistant|graduate|trainee) {_KIND}{_POST}", 6),
    ("senior", rf"(?:senior|lead|principal) {_KIND}{_POST}", 6),
    ("director", rf"director of {_REALM}", 6),
    ("director", r"(?:programme|program|portfolio|pmo|delivery|transformation|project) director", 6),
    ("director", rf"head of (?:the )?(?:it )?{_REALM}", 6),
    ("director", rf"(?:vice president|vp) (?:of )?{_REALM}", 6),
    ("junior", r"project (?:co-?ordinator|administrator|support officer|assistant)", 5),
    ("junior", r"entry[ -]level|recent graduates?|first job", 4),
    ("senior", r"program(?:me)? manager", 4),
    ("director", r"chief (?:information|transformation|project) officer", 4),
    ("junior", r"under (?:the )?(?:supervision|guidance|direction) of", 2),
    ("mid", rf"{_KIND}(?:(?:project|delivery) (?:manager|lead)|scrum master)", 2),
    ("senior", r"(?:lead|coach|mentor)(?:ing)? (?:a team of |other |junior )project managers", 2),
    ("director", r"(?:set|setting|own|owning) (?:the )?(?:portfolio|investment) (?:strategy|priorities)", 2),
    ("junior", r"(?:take|taking|write|writing|keep|keeping) (?:the )?minutes", 1),
    ("senior", r"multi-? ?million|large[ -]scale (?:projects|program(?:me)?s)", 1),
)
# The words that any of the patterns begins with.
LEVEL_BEGINS = set_of(
    """junior associate assistant graduate trainee project entry recent first under take taking write writing
    keep keeping it ict technical technology digital infrastructure software erp sap cyber cybersecurity agile
    senior lead leading principal program programme coach coaching mentor mentoring multi multimillion large
    director portfolio pmo delivery scrum transformation head vice vp chief set setting own owning"""
)
TITLE_CHARACTERS = 200  # a level named this early is that of the post itself and counts twice
YEARS_WEIGHT = 4
YEARS_OF: tuple[tuple[int, Level], ...] = ((12, "director"), (7, "senior"), (3, "mid"), (0, "junior"))
YEARS_MOST = 25  # more is how long the company exists
YEARS = (
    r"(?P<years>\d{1,2})\s*(?:\+|plus)?\s*(?:(?:-|\u2013|to)\s*\d{1,2}\s*\+?\s*)?(?:years?|yrs)\b"
    r"(?=[^.;\n]{0,70}\bexperience|\s+(?:of\s+)?(?:leading|managing|running|delivering)\b)"
    r"|experience\s+of\s+(?:at\s+least\s+)?(?P<more>\d{1,2})\s*\+?\s*(?:years?|yrs)\b"
)
ABOUT_OTHERS = (
    r"(?:report(?:s|ing)?|answer(?:s|ing)?|accountable|responsible)\s+(?:directly\s+)?(?:in)?to\s+(?:the|our|an?)?\s*$"
    r"|(?:support(?:s|ing)?|assist(?:s|ing)?|help(?:s|ing)?|alongside|with|mentor(?:s|ing)?|coach(?:es|ing)?"
    r"|guidance\s+of|supervision\s+of|direction\s+of|manag(?:e|es|ing)|lead(?:s|ing)?|by)"
    r"\s+(?:(?:the|our|an?|other|more)\s+)?(?:team\s+of\s+|experienced\s+)?$"
)

# Tools and certificates as they are written: the words they begin with, and the pattern. What is also a
# common word needs its maker's name, or a place where the common word would have no capital.
TOOLS: Mapping[str, tuple[str, str]] = {
    "Jira": ("jira", r"(?i:jira)"),
    "Confluence": ("confluence", r"Confluence"),
    "Trello": ("trello", r"(?i:trello)"),
    "Asana": ("asana", r"Asana"),
    "Microsoft Project": ("ms microsoft", r"(?i:(?:MS|Microsoft)[\s-]Project)(?!\s+(?:manage|team|deliver))"),
    "Microsoft Teams": ("ms microsoft", r"(?:MS|Microsoft)\s+Teams"),
    "SharePoint": ("sharepoint", r"(?i:sharepoint)"),
    "Visio": ("visio", r"(?i:visio)"),
    "Excel": ("excel microsoft ms", r"(?:(?:MS|Microsoft)\s)?Excel(?!\s+(?:in|at|as|when|under|by|with)\b)"),
    "PowerPoint": ("powerpoint power", r"(?i:power\s?point)"),
    "Power BI": ("power powerbi", r"(?i:power\s?bi)"),
    "Tableau": ("tableau", r"Tableau"),
    "Smartsheet": ("smartsheet", r"(?i:smartsheet)"),
    "monday.com": ("monday", r"(?i:monday\.com)"),
    "Planview": ("planview", r"(?i:planview)"),
    "Primavera": ("primavera", r"(?i:primavera)"),
    "Clarity PPM": ("clarity ca broadcom", r"(?:CA\s+|Broadcom\s+)?Clarity\s+PPM"),
    "ServiceNow": ("servicenow service", r"(?i:service\s?now)"),
    "BMC Remedy": ("bmc", r"BMC\s+Remedy"),
    "Azure DevOps": ("azure", r"(?i:azure\s+devops)"),
    "Azure": ("azure", r"Azure(?!\s+DevOps)"),
    "AWS": ("aws amazon", r"AWS|Amazon\s+Web\s+Services"),
    "Google Cloud": ("google gcp", r"Google\s+Cloud|GCP"),
    "Kubernetes": ("kubernetes", r"(?i:kubernetes)"),
    "Docker": ("docker", r"(?i:docker)"),
    "Terraform": ("terraform", r"(?i:terraform)"),
    "Ansible": ("ansible", r"Ansible"),
    "VMware": ("vmware", r"(?i:vmware)"),
    "Jenkins": ("jenkins", r"Jenkins"),
    "GitHub": ("github", r"(?i:github)"),
    "GitLab": ("gitlab", r"(?i:gitlab)"),
    "Splunk": ("splunk", r"(?i:splunk)"),
    "SAP": ("sap", r"SAP(?!\s+S/4)"),
    "SAP S/4HANA": ("sap s/4hana s/4", r"(?:SAP\s+)?S/4\s?HANA"),
    "Oracle": ("oracle", r"Oracle"),
    "NetSuite": ("netsuite", r"(?i:netsuite)"),
    "Dynamics 365": ("dynamics d365", r"(?i:dynamics)\s+365|D365"),
    "Salesforce": ("salesforce", r"Salesforce"),
    "Workday": ("workday", r"Workday"),
    "SQL": ("sql", r"SQL(?!\w)"),
    "Python": ("python", r"Python"),
    "PRINCE2": ("prince2 prince", r"(?i:prince\s?2)"),
    "PMP": ("pmp", r"PMP"),
    "CAPM": ("capm", r"CAPM"),
    "PMI-ACP": ("pmi", r"PMI-ACP"),
    "PgMP": ("pgmp", r"PgMP"),
    "CSM": ("csm", r"CSM"),
    "PSM": ("psm", r"PSM"),
    "SAFe": ("safe scaled", r"SAFe|Scaled\s+Agile\s+Framework"),
    "ITIL": ("itil", r"(?i:itil)"),
    "MSP": ("msp", r"MSP(?=\W*(?:certif|practitioner|®|,|or\b|/))"),
    "IPMA": ("ipma", r"IPMA"),
    "CISSP": ("cissp", r"CISSP"),
    "CISM": ("cism", r"CISM"),
    "Prosci": ("prosci", r"(?i:prosci)"),
    "COBIT": ("cobit", r"COBIT"),
    "Lean Six Sigma": ("six", r"(?i:six\s+sigma)"),
}

# What is offered and what the law asks to be printed says nothing of the work.
OFFER_HEADING = (
    r"(?:our\s+)?benefits(?:\s+(?:package|and\s+perks|include))?"
    r"|perks(?:\s+and\s+benefits)?|what\s+(?:we|you['\u2019]?ll)\s+(?:offer|get)"
    r"|we\s+offer(?:\s+you)?|our\s+offer|what['\u2019]s\s+in\s+it\s+for\s+you|why\s+join(?:\s+us)?"
    r"|equal\s+(?:opportunit(?:y|ies)|employment)(?:\s+\w+){0,3}"
    r"|(?:privacy|data\s+protection)\s+(?:notice|statement)"
    r"|diversity(?:,?\s+(?:equity|and)\s+.{0,30})?|how\s+to\s+apply|compensation(?:\s+and\s+benefits)?"
)
NEGATION = (
    r"\b(?:no|not|without|neither|nor|isn['\u2019]t|don['\u2019]t|doesn['\u2019]t"
    r"|rather\s+than|instead\s+of)\b"
)
# However far before a thing in its sentence, this says that it is not asked for.
UNASKED = r"(?:\bnot|n['\u2019]t)\s+(?:expect|need|require|ask)"
