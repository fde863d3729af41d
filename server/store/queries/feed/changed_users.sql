SELECT DISTINCT user_id FROM view_log WHERE seq > :after AND seq <= :upto
