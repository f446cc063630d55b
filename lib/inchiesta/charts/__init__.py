"""Figures: each takes tables and gives a matplotlib Figure; none computes."""

from inchiesta.charts.actors import plot_actors, plot_pairs
from inchiesta.charts.corpus import plot_documents_by_month, plot_languages, plot_statuses
from inchiesta.charts.network import plot_network
from inchiesta.charts.timeline import plot_timeline
from inchiesta.charts.tones import plot_tones
from inchiesta.charts.topic_choice import plot_topic_choice
from inchiesta.charts.topic_map import plot_topic_map
from inchiesta.charts.topic_shares import plot_sources, plot_topics, plot_topics_over_time
from inchiesta.charts.topics import plot_topic_terms

__all__ = [
    "plot_actors",
    "plot_documents_by_month",
    "plot_languages",
    "plot_network",
    "plot_pairs",
    "plot_sources",
    "plot_statuses",
    "plot_timeline",
    "plot_tones",
    "plot_topic_choice",
    "plot_topic_map",
    "plot_topic_terms",
    "plot_topics",
    "plot_topics_over_time",
]
