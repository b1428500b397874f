"""Daily reports of people whose order is spent at home: who reports, who has fallen silent, whom a doctor calls."""
