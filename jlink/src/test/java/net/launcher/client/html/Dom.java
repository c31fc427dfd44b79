package net.launcher.client.html;

import com.fasterxml.jackson.databind.JsonNode;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** A page, parsed as XML, since pages are also well-formed XML. */
public record Dom(Document document) {
    private static final Set<String> ELEMENTS =
            Set.of(
                    "html", "head", "meta", "title", "style", "body", "main", "header", "footer",
                    "section", "figure", "h1", "h2", "p", "span", "code", "data", "dl", "div", "dt",
                    "dd", "table", "thead", "tbody", "tr", "th", "td", "svg", "desc", "path",
                    "circle", "text");

    /** Fields of the events that the page does not contain. */
    private static final Set<String> OMITTED = Set.of("event", "time", "transport", "run");

    public static Dom of(String page) {
        try {
            return new Dom(
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(page))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(page, e);
        }
    }

    private List<Element> elements(String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = document.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** Returns the elements that a page must not have. */
    public List<String> unexpectedElements() {
        return elements("*").stream()
                .map(Element::getTagName)
                .filter(name -> !ELEMENTS.contains(name))
                .toList();
    }

    public String all() {
        return document.getDocumentElement().getTextContent();
    }

    private Optional<Element> data(String name) {
        List<Element> found =
                elements("data").stream()
                        .filter(data -> data.getAttribute("data-name").equals(name))
                        .toList();
        if (found.size() > 1) {
            throw new AssertionError(name + " occurs " + found.size() + " times");
        }
        return found.stream().findFirst();
    }

    /** Returns the text of a figure, or empty if the page does not have it. */
    public String text(String name) {
        return data(name).map(Element::getTextContent).orElse("");
    }

    /** Returns the heading of the row of a figure. */
    public String rowOf(String name) {
        Element row = (Element) data(name).orElseThrow().getParentNode().getParentNode();
        return row.getElementsByTagName("th").item(0).getTextContent();
    }

    public Element verdict() {
        return elements("p").stream()
                .filter(p -> p.getAttribute("class").startsWith("verdict"))
                .findFirst()
                .orElseThrow();
    }

    private static String id(Element chart) {
        return chart.getAttribute("aria-labelledby").replaceFirst("-title .*", "");
    }

    public List<String> charts() {
        return elements("svg").stream()
                .filter(svg -> svg.getAttribute("role").equals("img"))
                .map(Dom::id)
                .toList();
    }

    /** Returns the number of lines of a kind in a chart. */
    public long paths(String chart, String kind) {
        return elements("path").stream()
                .filter(path -> path.getAttribute("class").equals(kind))
                .filter(path -> id((Element) path.getParentNode()).equals(chart))
                .count();
    }

    /** Returns the labels of the axes of a chart. */
    public List<String> labels(String chart) {
        return elements("text").stream()
                .filter(text -> id((Element) text.getParentNode()).equals(chart))
                .map(Element::getTextContent)
                .toList();
    }

    /** Returns the rows of the tables of a class, with the texts of their cells. */
    public List<List<String>> rows(String table) {
        return elements("tr").stream()
                .filter(
                        row ->
                                ((Element) row.getParentNode().getParentNode())
                                        .getAttribute("class")
                                        .equals(table))
                .map(Dom::cells)
                .toList();
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getChildNodes().getLength(); i++) {
            cells.add(row.getChildNodes().item(i).getTextContent());
        }
        return cells;
    }

    /** Returns the data of the only line of a chart. */
    String path(String chart) {
        List<Element> lines =
                elements("path").stream()
                        .filter(path -> path.getAttribute("class").equals("curve"))
                        .filter(path -> id((Element) path.getParentNode()).equals(chart))
                        .toList();
        if (lines.size() != 1) {
            throw new AssertionError(chart + " has " + lines.size() + " lines");
        }
        return lines.getFirst().getAttribute("d");
    }

    /** Returns the fields of an event that the page lacks or shows differently. */
    public List<String> differences(JsonNode event, String prefix) {
        List<String> differences = new ArrayList<>();
        event.properties()
                .forEach(
                        field -> {
                            if (!OMITTED.contains(field.getKey())) {
                                compare(prefix + field.getKey(), field.getValue(), differences);
                            }
                        });
        return differences;
    }

    private void compare(String name, JsonNode value, List<String> differences) {
        if (value.isObject()) {
            differences.addAll(differences(value, name + "."));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                differences.addAll(differences(value.get(i), name + "." + i + "."));
            }
        } else {
            String expected = value.isNull() ? "" : value.asText();
            String found = data(name).map(data -> data.getAttribute("value")).orElse("none");
            boolean isAbsent = value.isNull() && found.equals("none");
            if (!isAbsent && !found.equals(expected)) {
                differences.add(name + ": expected " + expected + ", found " + found);
            }
        }
    }
}
