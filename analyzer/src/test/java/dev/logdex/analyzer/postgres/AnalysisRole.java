package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The role of {@code deploy/postgres/analysis-role.sql}, made in a test's database as documented.
 */
public final class AnalysisRole implements AutoCloseable {
  private static final String NAME = "logdex_analysis";

  private final ShopDatabase shop;

  private AnalysisRole(ShopDatabase shop) {
    this.shop = shop;
  }

  public static AnalysisRole create(ShopDatabase shop) {
    shop.execute(script());
    shop.execute("ALTER ROLE " + NAME + " PASSWORD 'known'");
    return new AnalysisRole(shop);
  }

  private static String script() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("deploy/postgres"))) {
      folder = folder.getParent();
    }
    try {
      return Files.readString(folder.resolve("deploy/postgres/analysis-role.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return shop.url()
        .replaceAll("user=[^&]*", "user=" + NAME)
        .replaceAll("password=[^&]*", "password=known");
  }

  public DatabaseAddress address() {
    return DatabaseAddress.parse(url());
  }

  @Override
  public void close() {
    shop.execute("DROP OWNED BY " + NAME);
    shop.execute("DROP ROLE " + NAME);
  }
}
