package dev.logdex.recommender.webhook;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.util.Map;

/** Takes the CloudEvent as it stands on the topic, in the structured mode of its HTTP binding. */
record EventReceiver(Caller caller, WebhookTarget target) implements Receiver {
  @Override
  public void tell(RecommendationEvent event) throws InterruptedException {
    Call call =
        new Call(
            "POST",
            target.url(),
            EventJson.line(event),
            Map.of("Content-Type", RecommendationEvent.CONTENT_TYPE));
    caller.take(call.once(event.id()));
  }
}
