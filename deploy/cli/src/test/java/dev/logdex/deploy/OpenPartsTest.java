package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
  private final List<String> closed = new ArrayList<>();
  private final OpenParts parts = new OpenParts();

  @Test
  void theNewestIsClosedFirst() {
    part("broker");
    part("stage");
    parts.close();
    assertThat(closed).containsExactly("stage", "broker");
  }

  @Test
  void aPartThatDoesNotCloseKeepsNoOtherOpen() {
    part("broker");
    parts.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    parts.close();
    assertThat(closed).containsExactly("broker");
  }

  @Test
  void aPartThatWasClosedBeforeIsNotClosedAgain() {
    AutoCloseable stage = part("stage");
    parts.close(stage);
    parts.close();
    assertThat(closed).containsExactly("stage");
  }

  @Test
  void whatComesTooLateIsClosedAtOnce() {
    parts.close();
    assertThatThrownBy(() -> part("late")).isInstanceOf(CommandFailure.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void nothingIsOpenedAnyMoreAfterTheEnd() {
    parts.close();
    assertThatThrownBy(() -> parts.open(() -> part("late"))).isInstanceOf(CommandFailure.class);
    assertThat(closed).isEmpty();
  }

  @Test
  void whatTookTimeToOpenIsClosedLikeTheRest() {
    part("broker");
    parts.open(() -> (AutoCloseable) () -> closed.add("slow"));
    parts.close();
    assertThat(closed).containsExactly("slow", "broker");
  }

  private AutoCloseable part(String name) {
    return parts.add(() -> closed.add(name));
  }
}
