package dev.logdex.normalizer.logline;

import java.util.List;
import java.util.stream.Stream;

/**
 * The values of {@code log_line_prefix} that are met in the field, and that are tried where none is
 * configured. Where two fit equally well, the one further up is taken. {@code %*} stands for text
 * that differs from server to server.
 */
final class PrefixCatalog {
  static final List<LinePrefix> PREFIXES =
      Stream.of(
              // PostgreSQL 10 and later, by default; PlanetScale
              "%m [%p] ",
              "[POSTGRES] %m [%p] ",
              // Debian and Ubuntu, now and before 9.6
              "%m [%p] %q%u@%d ",
              "%t [%p-%l] %q%u@%d ",
              // RDS and Aurora
              "%t:%r:%u@%d:[%p]:",
              "%m:%r:%u@%d:[%p]:",
              "%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:",
              "%t:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:",
              // Heroku, now and before, and its small plans
              " sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\""
                  + " session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" %qdatabase=\"%d\""
                  + " connection_source=\"%r\" user=\"%u\" application_name=\"%a\" ",
              "sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\""
                  + " session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" %qdatabase=\"%d\""
                  + " connection_source=\"%r\" user=\"%u\" application_name=\"%a\" ",
              " sql_error_code = %e ",
              "sql_error_code = %e ",
              " database = %d connection_source = %r sql_error_code = %e ",
              "database = %d connection_source = %r sql_error_code = %e ",
              // Azure, Single Server and Flexible Server
              "%t-%c-",
              "%m [%p] %q[user=%u,db=%d,app=%a] ",
              // Cloud SQL and AlloyDB
              "[%p]: [%l-1] db=%d,user=%u ",
              "%m [%p]: [%l-1] db=%d,user=%u ",
              "%t [%p]: [%l-1] db=%d,user=%u ",
              // Neon, where the tenant stands in front
              "ttid=%* sqlstate=[%e] user=[%u] backend=[%b] app=[%a] [%p] ",
              "ttid=%* sqlstate=[%e] user=[%u] backend=[%b] app=[%a] [%p]",
              // Aiven
              "pid=%p,user=%u,db=%d,app=%a,client=%h ",
              // Crunchy
              "%m [%p][%v] : [%l-1] %q[app=%a] ",
              "%m [%p][%b][%v][%x] %q[user=%u,db=%d,app=%a] ",
              // pganalyze's documentation
              "%m [%p] %q[user=%u,db=%d,app=%a,host=%h] ",
              "%m [%p] %q[user=%u,db=%d,app=%a],host=%h ",
              // pgBadger's documentation
              "%t [%p]: ",
              "%m [%p]: ",
              "%t [%p]: [%l-1] ",
              "%m [%p]: [%l-1] ",
              "%t [%p]: [%l-1] user=%u,db=%d ",
              "%m [%p]: [%l-1] user=%u,db=%d ",
              "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
              "%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
              "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
              "%m [%p]: user=%u,db=%d,app=%a,client=%h ",
              "%t [%p]: db=%d,user=%u,app=%a,client=%h ",
              "%m [%p]: db=%d,user=%u,app=%a,client=%h ",
              "user=%u,db=%d,app=%a,client=%h ",
              "user=%u,db=%d ",
              // Datadog's documentation
              "%m [%p] %d %a %u %h %c ",
              "%m [%p][%b]: [%l-1] db=%d,user=%u ",
              "<%t %r %a %d %u %p %c %i>",
              "<%m %r %a %d %u %p %c %i>",
              "%t ",
              "%m ",
              // seen with collectors
              "%p-%s-%c-%l-%h-%u-%d-%m ",
              "%m %r %u %a [%c] [%p] ",
              "%t [%p]: [%l-1] user=%u,db=%d - PG-%e ",
              "%t [%p]: [%l-1] [trx_id=%x] user=%u,db=%d ",
              // near kin of the above
              "%t [%p] ",
              "%n [%p] ",
              "%t [%p] %q%u@%d ",
              "%m [%p] %u@%d ",
              "%t [%p] %u@%d ",
              "%m [%p-%l] %q%u@%d ",
              "%m [%p] %q%u@%d/%a ",
              "%m [%p] user=%u,db=%d ",
              "%t [%p] user=%u,db=%d ",
              "%m [%p] user=%u,db=%d,app=%a,client=%h ",
              "%t [%p] user=%u,db=%d,app=%a,client=%h ",
              "[%p] ",
              // logs that went through an editor, and syslog, where the envelope has the rest
              "")
          .map(LinePrefix::compilePattern)
          .toList();

  private PrefixCatalog() {}
}
