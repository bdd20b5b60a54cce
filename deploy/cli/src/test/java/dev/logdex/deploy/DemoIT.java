package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DemoIT {
  @Test
  void theDemoFindsWhatTheShopLacksAndTellsItOnce() throws IOException {
    Run run = Run.logdex("demo", "--json", "--seconds", "22");
    assertThat(run.code()).as(run.notes()).isZero();
    List<String> told = new ArrayList<>();
    for (String line : run.results().lines().toList()) {
      JsonNode data = EventJson.mapper().readTree(line).get("data");
      told.add(
          data.get("state").asText()
              + " "
              + data.get("table").asText()
              + " "
              + data.get("index").asText());
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "proposed public.orders USING btree (customer_id)",
            "proposed public.orders USING btree (reference)",
            "proposed public.orders USING btree (placed_at)",
            "proposed public.products USING btree (sku)",
            "proposed public.order_items USING btree (product_id)");
    assertThat(run.notes()).contains("The first recommendation came");
  }

  @Test
  void aShopThatIsHardlyOpenIsRefused() {
    Run run = Run.logdex("demo", "--seconds", "1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.notes()).contains("at least 5");
  }
}
