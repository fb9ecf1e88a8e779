"""The public registers of organisations: market entities, public institutions, human-resources service licences."""
