"""The nouns of the project: frozen values without I/O, shared by every stage."""

from tallyroom.model.document import Block, Cell, Document, Place, Table
from tallyroom.model.observation import Observation
from tallyroom.model.quantity import Interval, Quantity, Unit
from tallyroom.model.reading import Numeral, Reading

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Interval",
    "Numeral",
    "Observation",
    "Place",
    "Quantity",
    "Reading",
    "Table",
    "Unit",
]
