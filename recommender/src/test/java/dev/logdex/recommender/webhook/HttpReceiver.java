package dev.logdex.recommender.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on loopback that can fail in the ways in which servers fail. */
public final class HttpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Function<Request, Response> application;
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<Request> requests = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Response> unheard = new CopyOnWriteArrayList<>();

  /** What came in; names of headers in lower case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** What goes out. */
  public record Response(int status, Map<String, String> headers, String body) {
    public static Response of(int status, String body) {
      return new Response(status, Map.of(), body);
    }
  }

  /** What happens to one request instead of an answer. */
  public sealed interface Fault {}

  /** The application never sees it. */
  public record Refuse(Response response) implements Fault {}

  /** The application has done it, but nobody learns that. */
  public record LoseAnswer() implements Fault {}

  /** The application never sees it, and no answer comes. */
  public record Hang() implements Fault {}

  /** The application has done it, and no answer comes. */
  public record HangAfterwards() implements Fault {}

  /** The answer's head comes, but its body never ends. */
  public record HangInBody() implements Fault {}

  /** All goes well. */
  public record Pass() implements Fault {}

  private HttpReceiver(Function<Request, Response> application) throws IOException {
    this.application = application;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static HttpReceiver start(Function<Request, Response> application) throws IOException {
    return new HttpReceiver(application);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lets one further request meet the fault, after those of the faults before it. */
  public void fail(Fault fault) {
    faults.add(fault);
  }

  /** Lets one further request pass before the next fault. */
  public void pass() {
    faults.add(new Pass());
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      requests.add(request);
      answer(exchange, request, faults.poll());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Request request, Fault fault)
      throws IOException, InterruptedException {
    if (fault instanceof Refuse refuse) {
      send(exchange, refuse.response());
    } else if (fault instanceof Hang) {
      closed.await();
    } else if (fault instanceof HangAfterwards) {
      unheard.add(application.apply(request));
      closed.await();
    } else if (fault instanceof HangInBody) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      closed.await();
    } else {
      Response response = application.apply(request);
      if (fault == null || fault instanceof Pass) {
        send(exchange, response);
      }
      // else the connection is closed without a word
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = response.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new java.util.HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    return new Request(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
  }
}
