package dev.logdex.ingest.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.outlet.Parcel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogplexFramesTest {
  @Test
  void lengthsCountBytesAndNotCharacters() throws Exception {
    assertThat(lines("3 ü\n4 abc\n")).isEqualTo("ü\nabc\n");
  }

  @Test
  void aFrameWithoutALineEndGetsOne() throws Exception {
    assertThat(lines("1 a1 b")).isEqualTo("a\nb\n");
  }

  @Test
  void theRestOfAFrameCannotPassForALineOfItsOwn() throws Exception {
    assertThat(lines("8 app\n<13\n")).isEqualTo("app\r<13\n");
  }

  @Test
  void anEmptyFrameIsAMessage() throws Exception {
    ParcelWriter writer = new ParcelWriter("s", 1000);
    assertThat(LogplexFrames.copy("0 0 ".getBytes(UTF_8), writer)).isEqualTo(2);
    assertThat(LogplexFrames.copy(new byte[0], writer)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5 abc", "a", " 1 a", "1a", "123456789 a", "1 a\nx", "-1 a"})
  void whatIsNotFramedIsRefused(String body) {
    assertThatThrownBy(() -> lines(body)).isInstanceOf(RefusedException.class);
  }

  private static String lines(String body) throws RefusedException {
    ParcelWriter writer = new ParcelWriter("s", 1000);
    LogplexFrames.copy(body.getBytes(UTF_8), writer);
    StringBuilder text = new StringBuilder();
    List<Parcel> parcels = writer.finish(null).parcels();
    parcels.forEach(parcel -> text.append(new String(parcel.lines(), UTF_8)));
    return text.toString();
  }
}
