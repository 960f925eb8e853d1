"""The nouns of entextract and what they are made of; imports nothing of ours."""
