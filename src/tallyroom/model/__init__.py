"""The nouns of the project: frozen values without I/O, shared by every stage."""

from tallyroom.model.campaign import Campaign
from tallyroom.model.document import Block, Cell, Document, Place, Spot, Table
from tallyroom.model.fact import Coverage, Fact
from tallyroom.model.finding import Bounds, Finding, Mend, Step, Tie
from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval, Quantity, Unit
from tallyroom.model.reading import Numeral, Reading
from tallyroom.model.record import Commit, Draft, Entry, Figure, Ledger, NewEntry, Query

__all__ = [
    "Block",
    "Bounds",
    "Campaign",
    "Cell",
    "Commit",
    "Coverage",
    "Document",
    "Draft",
    "Entry",
    "Fact",
    "Figure",
    "Finding",
    "Interval",
    "Ledger",
    "Mend",
    "NewEntry",
    "Numeral",
    "Observation",
    "Place",
    "Quantity",
    "Query",
    "Reading",
    "Spot",
    "Step",
    "Table",
    "Tie",
    "Unit",
]
