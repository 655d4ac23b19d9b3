"""What to find out, to ask and to have ready before an interview, and what a person noted of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct


class Item(NamedTuple):
    """One line of a checklist: what to do, and where to look or what to listen for."""

    id: str
    what: str
    hint: str


class Group(NamedTuple):
    """Items that belong together; ``notes`` says what to write beside them."""

    id: str
    name: str
    items: tuple[Item, ...]
    notes: str
    minutes: int


RESEARCH = (
    Group(
        "company",
        "The company",
        (
            Item("earns", "What it sells, to whom, and how it earns", "Annual report, its own pages"),
            Item(
                "year", "How the last year went, and what the next one is to bring", "Results, press releases"
            ),
            Item("rivals", "Two competitors, and what sets the company apart", "Trade press"),
            Item(
                "rules",
                "The rules and regulators of its trade",
                "For projects: audits, approvals, data protection",
            ),
            Item(
                "values", "How it speaks of working together", "Its careers page, and how staff describe it"
            ),
        ),
        "What you found, and one sentence on why you want to work there",
        15,
    ),
    Group(
        "technology",
        "Technology stack",
        (
            Item(
                "systems",
                "The main systems it runs and builds",
                "The job description, other vacancies, tech blog",
            ),
            Item(
                "cloud",
                "Where they run: own data centre, cloud, suppliers",
                "Vacancies, case studies of suppliers",
            ),
            Item("method", "How it delivers: agile, waterfall, mixed", "Vacancies, talks by staff"),
            Item(
                "tools", "Its planning, ticket and reporting tools, and which you know", "The job description"
            ),
            Item(
                "gap",
                "One technology you do not know, explained in three sentences",
                "The maker's introduction",
            ),
        ),
        "What you found, and what of it you have worked with",
        20,
    ),
    Group(
        "projects",
        "Current projects",
        (
            Item(
                "running", "Two projects or programmes under way", "Press releases, annual report, vacancies"
            ),
            Item("why", "What each of them is for, in money or for customers", "The words of the management"),
            Item("risk", "The greatest risk you would expect in one of them", "Your own experience"),
            Item(
                "trouble", "A project that went wrong there or in the trade, and why", "News, audit reports"
            ),
            Item(
                "first90", "What you would find out in your first 30, 60 and 90 days", "Half a page is enough"
            ),
        ),
        "What you found, and what you could bring to it",
        20,
    ),
    Group(
        "people",
        "People",
        (
            Item("panel", "Who will ask you, and what each of them answers for", "Ask who invited you"),
            Item("manager", "Whom you would report to", "The job description, or ask"),
            Item("stakeholders", "Which departments the post works with most", "The job description"),
            Item("known", "Somebody who works or worked there, and what they say", "Your own contacts"),
            Item("form", "Length, form and place of the interview; what to bring", "Ask who invited you"),
        ),
        "Names, roles and what matters to each",
        15,
    ),
)
QUESTIONS = Group(
    "questions",
    "Questions to ask back",
    (
        Item(
            "success",
            "What would you want me to have achieved after six months?",
            "Listen for: something that can be measured, and who judges it",
        ),
        Item("why_open", "Why is the post open now?", "Listen for: growth, or somebody who left, and why"),
        Item(
            "first",
            "Which project would be mine first, and how does it stand today?",
            "Listen for: dates, money, and what is already late",
        ),
        Item(
            "sponsor",
            "Who sponsors it, and how often does that person decide?",
            "Listen for: a name and a rhythm",
        ),
        Item(
            "team",
            "Who would work with me, for how much of their time?",
            "Listen for: shared people, suppliers, open posts",
        ),
        Item(
            "stop",
            "When did you last stop or change a project, and how was that decided?",
            "Listen for: whether bad news is welcome",
        ),
        Item(
            "method",
            "Which part of your way of working would you change?",
            "Listen for: candour, and room for you to change it",
        ),
        Item("next", "What happens next, and when shall I hear from you?", "Write down the date"),
    ),
    "Your own questions; afterwards, what they answered",
    15,
)
GROUPS = (*RESEARCH, QUESTIONS)


class Ticked(Struct, frozen=True):
    """What a person ticked and noted of one group; ``done`` holds ids of items."""

    done: tuple[str, ...] = ()
    notes: str = ""


def read_ticked(documents: Mapping[str, str], group_id: str) -> Ticked:
    """What the documents of kind "checklist" hold of a group."""
    try:
        return msgspec.json.decode(documents.get(group_id, ""), type=Ticked)
    except msgspec.MsgspecError:
        return Ticked()


def all_ticked(group: Group, ticked: Ticked) -> bool:
    """Whether nothing of a group is left to do."""
    return all(item.id in ticked.done for item in group.items)


# My past projects ---------------------------------------------------------------------------------


class Field(NamedTuple):
    """One box of the worksheet."""

    id: str
    name: str
    hint: str
    rows: int = 2


PROJECT_FIELDS = (
    Field("name", "Project and employer", "A name you may say aloud; leave out what is confidential", 1),
    Field("size", "Size", "Budget, months, people, sites, suppliers: numbers you can stand by", 1),
    Field("role", "Your part", "What you answered for yourself, and what others did"),
    Field("purpose", "Why it was done", "The trouble or the chance, in the words of the business"),
    Field("plan", "Plan and method", "Phases, how you planned, which method and tools, and why"),
    Field("trouble", "What went wrong", "The hardest moment, the options you saw, what you decided", 3),
    Field("people", "People", "A conflict, a sponsor to win over, somebody you helped to grow"),
    Field("result", "Result", "Against date, budget and benefit; how it was measured; what users said"),
    Field("learned", "What you learned", "What you did otherwise in the next project because of it"),
)
MOST_PROJECTS = 12


class Project(Struct, frozen=True):
    """One past project: field ids to what was written."""

    texts: dict[str, str] = {}

    @property
    def name(self) -> str:
        """What to call it; empty while it has no name."""
        return " ".join(self.texts.get("name", "").split())[:60]
