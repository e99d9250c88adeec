"""The record behind the briefing: official statistics of law enforcement, pinned to their source."""

__version__ = "0.1.0"
