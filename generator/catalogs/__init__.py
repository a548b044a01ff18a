"""Catalogs: a course's texts out to translators and back."""
