"""The pages of the staff: who may enter, and what they see."""
