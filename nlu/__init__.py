"""Understanding of Arabic, Darija, Arabizi, French and English text, shared by both environments."""
