SELECT portfolio_id FROM portfolios WHERE name = :name
