import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.nio.file.Path;
import java.util.Map;

/** Logdex's embedded broker with Logdex's topics, for the test bed: arguments are folder and port. */
final class Broker {
  private Broker() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka broker =
        EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    TopicAdmin.createMissing(
        Map.of("bootstrap.servers", broker.bootstrapServers()), Topic.DEFAULT_PREFIX);
    Thread.currentThread().join();
  }
}
