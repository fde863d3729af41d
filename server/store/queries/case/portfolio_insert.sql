INSERT INTO portfolios(portfolio_id, name, created_at) VALUES (:portfolio_id, :name, :created_at)
