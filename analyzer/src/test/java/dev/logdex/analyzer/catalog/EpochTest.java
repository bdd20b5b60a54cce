package dev.logdex.analyzer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochTest {
  private static final RelationName ORDERS = new RelationName("public", "orders");
  private static final RelationName ODD = new RelationName("sales", "Odd name");
  private static final RelationName OLD_ORDERS = new RelationName("old", "orders");

  @Test
  void onlyWhatIsNotAsItWasHasChanged() {
    Epoch before = new Epoch("15", Map.of(ORDERS, "1", ODD, "1"));
    Epoch after = new Epoch("15", Map.of(ORDERS, "2", OLD_ORDERS, "1"));
    assertThat(after.changedSince(before)).containsExactlyInAnyOrder(ORDERS, ODD, OLD_ORDERS);
    assertThat(before.changedSince(before)).isEmpty();
  }

  @Test
  void aStatementMentionsEveryRelationOfAName() {
    Epoch.Mentions mentions =
        new Epoch("15", Map.of(ORDERS, "1", ODD, "1", OLD_ORDERS, "1")).mentions();
    assertThat(mentions.in("SELECT * FROM Orders o WHERE o.a = 'Odd name'"))
        .containsExactlyInAnyOrder(ORDERS, OLD_ORDERS);
    assertThat(mentions.in("SELECT * FROM sales . \"Odd name\"")).containsExactly(ODD);
    assertThat(mentions.in("SELECT 'orders'")).isEmpty();
  }
}
