"""The word lists of the rules. Lists only: what is done with them stands in ``bank.rules``."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AUXILIARIES = _words(
    """am are can could did do does had has have is may might must shall should was were will would
    ain't aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't shouldn't wasn't
    weren't won't wouldn't"""
)

# The verbs with which an interviewer asks without a question mark.
ASKING = _words(
    """argue brief build choose compare convince defend define describe design draft draw explain give
    justify lay list make name open outline persuade pick pitch plan prepare present propose put rank
    recall say sell set share show sketch state summarise take talk teach tell trace walk write"""
)

# Words that carry no content of their own: function words, and the frame of nearly every answer.
STOP = _words(
    """a about above after again against all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each either else ever every few
    for from further had has have having he her here hers him his how i if in into is it its itself
    just many may me might more most much must my neither no nor not of off on once one only onto or
    other our out over own per rather same shall she should since so some still such than that the their
    theirs them themselves then there these they this those though through to too under until up upon us
    very was we were what when where which while who whom whose why will with within without would yet
    you your yours add adds"""
)

# Acronyms that an IT project manager is taken to know; every other one is spelled out once.
ACRONYMS = _words(
    """AC ADKAR AI API APM AWS BA BAC BI CAB CAPM CCB CD CEO CFO CI CIO CISO CMDB COO CPI CRM CSM CSV
    CTO CV DNS DPIA EAC ERP ES ETC EU EV EVM FAQ FTE GDPR GO HIPAA HR HTML HTTP ID IP IPMA ISO IT ITIL
    ITSM KPI LAN MVP NDA NIST NPV OK OKR OPM OS PBI PC PDF PM PMBOK PMI PMO PMP PO POC PRINCE2 PRMG PV
    QA RACI RAID RAG RFI RFP ROI RPO RTO SAFE SDLC SFIA SLA SME SOW SP SPI SQL SRE SSO SV TCO TLS TV
    UAT UI UK UPS URL US USB UX VAT VM VPN VP WAN WBS WIP XML"""
)

# Judgements in place of behaviour. "Clear" is one of the answer, but not of a task or a date.
EVALUATIVE = (
    r"adequate(ly)?",
    r"amazing(ly)?",
    r"appropriate(ly)?",
    r"average",
    r"bad(ly)?",
    r"brilliant(ly)?",
    r"clearly",
    r"clear (account|and|answer|communication|examples?|explanation|grasp|picture|story|structure|view)",
    r"(is|are|was|were|be|very|more|quite) clear",
    r"compelling(ly)?",
    r"comprehensive(ly)?",
    r"convincing(ly)?",
    r"decent",
    r"deep understanding",
    r"effective(ly)?",
    r"excellent(ly)?",
    r"exceptional(ly)?",
    r"good",
    r"great",
    r"impressive(ly)?",
    r"inadequate(ly)?",
    r"ineffective(ly)?",
    r"insightful(ly)?",
    r"outstanding(ly)?",
    r"poor(ly)?",
    r"proper(ly)?",
    r"robust(ly)?",
    r"satisfactory",
    r"skil(l)?ful(ly)?",
    r"solid(ly)?",
    r"sophisticated",
    r"strong(ly)?",
    r"superficial(ly)?",
    r"thorough(ly)?",
    r"thoughtful(ly)?",
    r"weak(ly)?",
    r"well[- ](articulated|communicated|explained|organised|structured)",
)

# What must not be in a question: pattern and what kind of thing it is.
UNFAIR = (
    (r"relig\w+|church|mosque|synagogue|christmas|ramadan|easter", "religion"),
    (r"pregnan\w+|maternity|paternity|childless|marital|married|divorced|husband|wife", "family"),
    (r"ethnic\w*|nationality|skin colou?r|native speakers?|native english|foreigners?", "origin"),
    (r"sexual orientation|gay|lesbian|transgender", "orientation"),
    (r"(your|his|her|their) (age|accent|disabilit\w+|health|weight|faith)", "a protected topic"),
    (r"how old (are|were) you|too (old|young)|elderly|digital natives?|old[- ]timers?", "age"),
    (r"disabled (person|people|man|woman|colleague|employee)s?|mental(ly)? ill\w*|crippl\w+", "health"),
    (r"political party|trade union member\w*|voted for", "politics"),
    (r"(chair|business|sales|middle|fore|trades|work)m[ae]n|man[- ]?(power|hours?|days?|months?)", "gender"),
    (r"(guys|ladies|gentlemen|girls|housewi\w+|mother(s|ing) .{0,9}team|man up|manned)", "gender"),
    (r"low[- ]hanging fruit|boil(ing)? the ocean|move the needle|silver bullet|ball ?park", "an idiom"),
    (r"home run|slam dunk|touch base|hit the ground running|elephant in the room|deep dive", "an idiom"),
    (r"throw\w* .{0,20}under the bus|skin in the game|drink\w* from the fire ?hose", "an idiom"),
    (r"on the same page|low[- ]down|piece of cake|kick\w* the can|move\w* the goal ?posts?", "an idiom"),
    (r"think\w* outside the box|rock\w* the boat|back to square one|hail mary|smoking gun", "an idiom"),
    (
        r"war room|death march|in the trenches|crazy|insane|tribe|(?<!resource )guru|ninja|rock ?star",
        "an idiom",
    ),
    (r"(black|white)[- ]?list\w*|master/slave|grandfathered", "a loaded term"),
    (r"accenture|adobe|amazon|apple inc|atlassian|boeing|capgemini|cisco|cognizant|crowdstrike", "a company"),
    (r"dell|deloitte|facebook|fujitsu|gartner|google(?! workspace)|ibm|infosys|kpmg", "a company"),
    (r"microsoft(?! (project|teams|365))|netflix|nokia|openai|oracle|pwc|salesforce|servicenow", "a company"),
    (r"siemens|tcs|tesla|toyota|twitter|vmware|vodafone|volkswagen|wipro|workday inc", "a company"),
    (r"bezos|bill gates|elon musk|steve jobs|zuckerberg|trump|biden|putin|obama", "a real person"),
)
# Names that are words as well: told apart by their capitals.
UNFAIR_CASED = ((r"SAP|HP|Intel|Apple|Meta|Shell|Visa|Uber|Slack Technologies|Alphabet|Ford", "a company"),)

PAST_ASK = (
    r"\b(time|occasion|ago|did|was|were|had|last|ever|once|been|have you|you've|your (worst|hardest|first))\b"
    r"|\byou (\w+ed|ran|led|took|gave|had|made|chose|built|won|lost|held|kept|told|brought|found|saw)\b"
)
STORY_ASK = (
    r"\b(tell me about|describe|recall|think of|share|give me( an example of)?) (a|an|one|the last) "
    r"(time|occasion|moment)\b"
)
