package dev.logdex.normalizer.fingerprint;

import dev.logdex.sql.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The words that mean something to normalization, and what. The lists follow Postgres's keyword
 * categories (manual, appendix C; {@code pg_get_keywords()} of 15 with the words of 16 to 18).
 */
final class Words {
  /** Bits of a word's number that tell words apart; its flags are above them. */
  private static final int ID_BITS = 10;

  /** As a name it needs quotes, or Postgres would read it as the keyword. */
  static final int KEEPS_QUOTES = 1 << ID_BITS;

  /** An operand follows: a sign after it belongs to a number, not between two operands. */
  static final int BEFORE_OPERAND = 2 << ID_BITS;

  /** No statement ends with it. */
  static final int CANNOT_END = 4 << ID_BITS;

  /** A parenthesis after it is no argument list, so a blank stands between. */
  static final int SPACED = 8 << ID_BITS;

  /** A type whose name may stand before a string constant, as in {@code date '2020-01-01'}. */
  static final int TYPE = 16 << ID_BITS;

  /** What it is depends on the words around it, or what follows depends on it. */
  static final int SPECIAL = 32 << ID_BITS;

  /** The items of ORDER BY or GROUP BY end before it. */
  static final int ENDS_ITEMS = 64 << ID_BITS | SPECIAL;

  /** NULL, TRUE and FALSE. */
  static final int CONSTANT = 128 << ID_BITS | SPECIAL;

  /** A power of two, so large that most names find a free place at once. */
  private static final int CAPACITY = 2048;

  private static final int HASH_SHIFT = 64 - 11;

  /** The first eight bytes of the word at a place; 0 when the place is free. */
  private static final long[] HEAD = new long[CAPACITY];

  private static final byte[][] SPELLED = new byte[CAPACITY][];
  private static final int[] NUMBER = new int[CAPACITY];

  private static int count;

  private static final int CLAUSE = KEEPS_QUOTES | BEFORE_OPERAND | CANNOT_END | SPACED;

  /** No word of these lists. */
  static final int NONE = 0;

  static final int ALL = word("all", KEEPS_QUOTES | BEFORE_OPERAND | SPACED);
  static final int AND = word("and", CLAUSE);
  static final int ARRAY = word("array", KEEPS_QUOTES | CANNOT_END);
  static final int AS = word("as", KEEPS_QUOTES | CANNOT_END | SPACED);
  static final int BETWEEN = word("between", CLAUSE);
  static final int BIT = word("bit", KEEPS_QUOTES | TYPE);
  static final int BY = word("by", CANNOT_END | SPACED | SPECIAL);
  static final int CAST = word("cast", KEEPS_QUOTES | CANNOT_END);
  static final int CHAR = word("char", KEEPS_QUOTES | TYPE);
  static final int CHARACTER = word("character", KEEPS_QUOTES | TYPE);
  static final int CUBE = word("cube", 0);
  static final int DECLARE = word("declare", 0);
  static final int DEFAULT = word("default", KEEPS_QUOTES | BEFORE_OPERAND);
  static final int DELETE = word("delete", CANNOT_END);
  static final int DISTINCT = word("distinct", CLAUSE);
  static final int DOUBLE = word("double", 0);
  static final int ELSE = word("else", CLAUSE);
  static final int EXCEPT = word("except", CLAUSE | ENDS_ITEMS);
  static final int EXECUTE = word("execute", 0);
  static final int FALSE = word("false", KEEPS_QUOTES | CONSTANT);
  static final int FOR = word("for", CLAUSE | ENDS_ITEMS);
  static final int GROUP = word("group", KEEPS_QUOTES | CANNOT_END);
  static final int ILIKE = word("ilike", CLAUSE);
  static final int IN = word("in", CLAUSE);
  static final int INCREMENT = word("increment", 0);
  static final int INSERT = word("insert", CANNOT_END);
  static final int INTERSECT = word("intersect", CLAUSE | ENDS_ITEMS);
  static final int INTERVAL = word("interval", KEEPS_QUOTES | TYPE);
  static final int INTO = word("into", KEEPS_QUOTES | CANNOT_END);
  static final int IS = word("is", KEEPS_QUOTES | BEFORE_OPERAND | CANNOT_END);
  static final int KEY = word("key", SPACED);
  static final int LIKE = word("like", CLAUSE);
  static final int LIMIT = word("limit", CLAUSE | ENDS_ITEMS);
  static final int MERGE = word("merge", 0);
  static final int NATIONAL = word("national", KEEPS_QUOTES);
  static final int NCHAR = word("nchar", KEEPS_QUOTES | TYPE);
  static final int NOT = word("not", CLAUSE);
  static final int NULL = word("null", KEEPS_QUOTES | CONSTANT);
  static final int OFFSET = word("offset", CLAUSE | ENDS_ITEMS);
  static final int ON = word("on", CLAUSE | ENDS_ITEMS);
  static final int OR = word("or", CLAUSE);
  static final int ORDER = word("order", KEEPS_QUOTES | CANNOT_END | ENDS_ITEMS);
  static final int PARTITION = word("partition", 0);
  static final int PRECISION = word("precision", KEEPS_QUOTES);
  static final int PREPARE = word("prepare", 0);
  static final int ROLLUP = word("rollup", 0);
  static final int SELECT = word("select", CLAUSE | ENDS_ITEMS);
  static final int SET = word("set", CANNOT_END | SPACED);
  static final int SETS = word("sets", SPACED);
  static final int TABLE = word("table", KEEPS_QUOTES | CANNOT_END | SPECIAL);
  static final int THEN = word("then", CLAUSE);
  static final int TIME = word("time", TYPE);
  static final int TIMESTAMP = word("timestamp", TYPE);
  static final int TO = word("to", KEEPS_QUOTES | BEFORE_OPERAND | CANNOT_END);
  static final int TRUE = word("true", KEEPS_QUOTES | CONSTANT);
  static final int UNION = word("union", CLAUSE | ENDS_ITEMS);
  static final int UPDATE = word("update", CANNOT_END);
  static final int VALUES = word("values", CLAUSE | ENDS_ITEMS);
  static final int VARYING = word("varying", 0);
  static final int WHEN = word("when", CLAUSE);
  static final int WHERE = word("where", CLAUSE | ENDS_ITEMS);
  static final int HAVING = word("having", CLAUSE | ENDS_ITEMS);
  static final int WITH = word("with", CLAUSE | SPECIAL);
  static final int WITHOUT = word("without", 0);
  static final int ZONE = word("zone", 0);

  static {
    words(CLAUSE, "any", "case", "overlaps", "some", "using", "variadic");
    words(CLAUSE | ENDS_ITEMS, "from", "returning");
    words(
        KEEPS_QUOTES | BEFORE_OPERAND | CANNOT_END, "placing", "symmetric", "asymmetric", "fetch");
    words(KEEPS_QUOTES | BEFORE_OPERAND, "both", "leading", "trailing");
    words(KEEPS_QUOTES | CANNOT_END | SPACED, "check", "exists", "join", "lateral");
    words(CANNOT_END | SPACED, "filter", "over", "within");
    words(
        KEEPS_QUOTES | CANNOT_END,
        "collate",
        "constraint",
        "create",
        "cross",
        "grant",
        "inner",
        "left",
        "natural",
        "outer",
        "references",
        "right",
        "similar",
        "tablesample");
    words(KEEPS_QUOTES | CANNOT_END | ENDS_ITEMS, "window");
    words(KEEPS_QUOTES | SPACED, "primary", "unique");
    words(SPACED, "conflict", "options");
    words(KEEPS_QUOTES | CANNOT_END | SPACED, "do");
    // reserved, or reserved but for functions and types, and of no further interest
    words(
        KEEPS_QUOTES,
        "analyse",
        "analyze",
        "asc",
        "authorization",
        "binary",
        "collation",
        "column",
        "concurrently",
        "current_catalog",
        "current_date",
        "current_role",
        "current_schema",
        "current_time",
        "current_timestamp",
        "current_user",
        "deferrable",
        "desc",
        "end",
        "foreign",
        "freeze",
        "full",
        "initially",
        "isnull",
        "localtime",
        "localtimestamp",
        "notnull",
        "only",
        "session_user",
        "system_user",
        "user",
        "verbose");
    // no function or type without quotes: a quoted one may be another object
    words(
        KEEPS_QUOTES,
        "coalesce",
        "extract",
        "greatest",
        "grouping",
        "inout",
        "json_array",
        "json_arrayagg",
        "json_exists",
        "json_object",
        "json_objectagg",
        "json_query",
        "json_scalar",
        "json_serialize",
        "json_table",
        "json_value",
        "least",
        "merge_action",
        "normalize",
        "nullif",
        "overlay",
        "row",
        "setof",
        "substring",
        "treat",
        "trim",
        "xmlattributes",
        "xmlconcat",
        "xmlelement",
        "xmlexists",
        "xmlforest",
        "xmlnamespaces",
        "xmlparse",
        "xmlpi",
        "xmlroot",
        "xmlserialize",
        "xmltable");
    words(
        KEEPS_QUOTES | TYPE,
        "bigint",
        "boolean",
        "dec",
        "decimal",
        "float",
        "int",
        "integer",
        "numeric",
        "real",
        "smallint",
        "varchar");
    words(
        TYPE,
        "bool",
        "box",
        "bpchar",
        "bytea",
        "cidr",
        "circle",
        "citext",
        "date",
        "daterange",
        "float4",
        "float8",
        "geography",
        "geometry",
        "hstore",
        "inet",
        "int2",
        "int4",
        "int4range",
        "int8",
        "int8range",
        "json",
        "jsonb",
        "jsonpath",
        "line",
        "lseg",
        "ltree",
        "macaddr",
        "macaddr8",
        "money",
        "name",
        "numrange",
        "oid",
        "path",
        "pg_lsn",
        "point",
        "polygon",
        "regclass",
        "regproc",
        "regtype",
        "text",
        "timestamptz",
        "timetz",
        "tsquery",
        "tsrange",
        "tstzrange",
        "tsvector",
        "uuid",
        "varbit",
        "vector",
        "xml");
  }

  private Words() {}

  private static void words(int flags, String... words) {
    for (String word : words) {
      word(word, flags);
    }
  }

  private static int word(String word, int flags) {
    byte[] spelled = word.getBytes(StandardCharsets.US_ASCII);
    long head = EightBytes.at(spelled, 0);
    if (find(head, spelled, 0, spelled.length) != NONE) {
      throw new IllegalStateException("twice: " + word);
    }
    int slot = slot(head, spelled.length);
    while (HEAD[slot] != 0) {
      slot = slot + 1 & CAPACITY - 1;
    }
    count++;
    HEAD[slot] = head;
    SPELLED[slot] = spelled;
    NUMBER[slot] = count | flags;
    return NUMBER[slot];
  }

  /**
   * Number of the word with its flags; the word must be in lower case; {@link #NONE} when it is
   * none of these.
   *
   * @param head its first eight bytes, zeros after its end
   * @param from where in the bytes it stands
   */
  static int find(long head, byte[] bytes, int from, int size) {
    int slot = slot(head, size);
    while (HEAD[slot] != 0) {
      if (HEAD[slot] == head && sameTail(SPELLED[slot], bytes, from, size)) {
        return NUMBER[slot];
      }
      slot = slot + 1 & CAPACITY - 1;
    }
    return NONE;
  }

  /** Whether the word has all of the flags. */
  static boolean is(int word, int flags) {
    return (word & flags) == flags;
  }

  private static int slot(long head, int size) {
    return (int) (((head ^ size) * 0x9E3779B97F4A7C15L) >>> HASH_SHIFT);
  }

  private static boolean sameTail(byte[] spelled, byte[] bytes, int from, int size) {
    return spelled.length == size
        && (size <= 8 || Arrays.equals(spelled, 8, size, bytes, from + 8, from + size));
  }
}
