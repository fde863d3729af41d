SELECT seq FROM events WHERE device_id = :device_id AND epoch = :epoch AND seq > :after ORDER BY seq
