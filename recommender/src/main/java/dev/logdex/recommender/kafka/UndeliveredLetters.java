package dev.logdex.recommender.kafka;

import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Puts events that no receiver took on the dead letters, and waits until they are there. */
record UndeliveredLetters(Producer<String, byte[]> producer, String topic, String webhook) {
  private static final int EXCERPT_LENGTH = 200;

  void add(RecommendationEvent event, String detail) throws InterruptedException {
    send(
        new DeadLetter(
            DeadLetter.VERSION,
            stage(),
            DeadLetterReason.NOT_DELIVERED,
            event.subject(),
            event.id(),
            detail,
            event.time(),
            VisibleText.cut(event.data().title(), EXCERPT_LENGTH)));
  }

  /** A record that is no event, or that met a defect; its text stays where it is. */
  void add(ConsumerRecord<String, byte[]> record, String detail) throws InterruptedException {
    send(
        new DeadLetter(
            DeadLetter.VERSION,
            stage(),
            DeadLetterReason.INTERNAL,
            String.valueOf(record.key()),
            record.partition() + ":" + record.offset(),
            detail,
            null,
            ""));
  }

  private String stage() {
    return "webhook " + webhook;
  }

  private void send(DeadLetter letter) throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, letter.source(), EventJson.write(letter))).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException(e.getCause());
    }
  }
}
