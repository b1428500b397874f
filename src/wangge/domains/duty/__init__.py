"""Who answers for a place: accounts, posts, holders, deputies, vacancies."""
