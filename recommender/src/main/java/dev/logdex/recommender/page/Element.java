package dev.logdex.recommender.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An element under construction; names of elements and attributes are constants of this package.
 */
final class Element implements Html {
  private static final Set<String> WITHOUT_END = Set.of("br", "hr", "img", "input", "link", "meta");

  private final String name;
  private final List<Attribute> attributes = new ArrayList<>();
  private final List<Html> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  /** An element by its name and classes: {@code td}, {@code p.note.quiet}. */
  static Element el(String selector) {
    String[] parts = selector.split("\\.", 2);
    Element element = new Element(parts[0]);
    return parts.length == 1 ? element : element.set("class", parts[1].replace('.', ' '));
  }

  /** An element with a text in it. */
  static Element el(String selector, String text) {
    return el(selector).add(text);
  }

  static Element el(String selector, Html... children) {
    return el(selector).add(children);
  }

  static Element link(String href, String text) {
    return el("a", text).set("href", href);
  }

  Element set(String attribute, String value) {
    attributes.add(new Attribute(attribute, Html.text(value)));
    return this;
  }

  /** An attribute that is there or not, such as {@code required}. */
  Element flag(String attribute) {
    return set(attribute, "");
  }

  Element add(String text) {
    children.add(Html.text(text));
    return this;
  }

  Element add(Html... parts) {
    children.addAll(List.of(parts));
    return this;
  }

  Element addAll(Stream<? extends Html> parts) {
    parts.forEach(children::add);
    return this;
  }

  @Override
  public void writeTo(StringBuilder page) {
    page.append('<').append(name);
    attributes.forEach(attribute -> attribute.writeTo(page));
    page.append('>');
    if (!WITHOUT_END.contains(name)) {
      children.forEach(child -> child.writeTo(page));
      page.append("</").append(name).append('>');
    }
  }

  private record Attribute(String name, Html value) implements Html {
    @Override
    public void writeTo(StringBuilder page) {
      page.append(' ').append(name).append("=\"");
      value.writeTo(page);
      page.append('"');
    }
  }
}
