package dev.logdex.deploy.demo;

/** What the shop's code sends, as its developers wrote it. */
enum ShopStatement {
  /** Wants {@code orders (customer_id)}; a customer has too few orders for more to matter. */
  LATEST_ORDERS(
      """
      SELECT id, reference, status, placed_at, total
        FROM orders
       WHERE customer_id = ?
       ORDER BY placed_at DESC
       LIMIT 10"""),
  /** Wants {@code orders (reference)}, through a view. */
  ORDER_BY_REFERENCE("SELECT * FROM order_overview WHERE reference = ?"),
  /** Has its index already. */
  LOGIN("SELECT id, name FROM customers WHERE email = ?"),
  /** Wants {@code products (sku)}. */
  PRODUCT_BY_SKU("SELECT id, name, price FROM products WHERE sku = ?"),
  /** Has the primary keys of both tables. */
  ITEMS_OF_ORDER(
      """
      SELECT i.line, p.name, i.quantity, i.price
        FROM order_items i
        JOIN products p ON p.id = i.product_id
       WHERE i.order_id = ?
       ORDER BY i.line"""),
  /** Reads a table too small for an index to matter. */
  COUNTRY_BY_NAME("SELECT code, vat_rate FROM countries WHERE name = ?"),
  /** Wants {@code order_items (product_id)}. */
  SALES_OF_PRODUCT("SELECT count(*), sum(quantity * price) FROM order_items WHERE product_id = ?"),
  /** Finds most of the table, so no index on that column can help. */
  NEWSLETTER_READERS(
      "SELECT count(*), avg(credit), max(joined_at) FROM customers WHERE newsletter = ?"),
  /** Wants {@code orders (placed_at)}. */
  REVENUE_REPORT(
      """
      /* report:revenue */
      SELECT p.category,
             count(DISTINCT o.id) AS orders,
             -- what was really paid

             sum(i.quantity * i.price) AS revenue
        FROM orders o
        JOIN order_items i ON i.order_id = o.id
        JOIN products p ON p.id = i.product_id
       WHERE o.placed_at >= ?
         AND o.placed_at < ?
       GROUP BY p.category
       ORDER BY revenue DESC"""),
  PLACE_ORDER(
      """
      INSERT INTO orders (customer_id, reference, status, placed_at, total, note)
      VALUES (?, ?, 'open', ?, ?, ?)
      RETURNING id"""),
  PLACE_ITEM(
      """
      INSERT INTO order_items (order_id, line, product_id, quantity, price)
      VALUES (?, ?, ?, ?, ?)"""),
  DELIVER("UPDATE orders SET status = 'delivered' WHERE id = ?"),
  /** A column that the shop does not have (yet). */
  BROKEN("SELECT discount FROM orders WHERE id = ?");

  private final String sql;

  ShopStatement(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
