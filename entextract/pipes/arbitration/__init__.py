"""Which of the proposed names stand."""
