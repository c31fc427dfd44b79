import static java.util.stream.Collectors.joining;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The sections of a Markdown document, by their headings of level 1 and 2, as roff text. */
final class Markdown {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final SequencedMap<String, List<Node>> sections = new LinkedHashMap<>();

    /** Parses a document. */
    Markdown(String document) {
        List<Node> blocks = new ArrayList<>();
        for (Node node : children(PARSER.parse(document))) {
            if (node instanceof Heading heading && heading.getLevel() < 3) {
                blocks = new ArrayList<>();
                sections.put(plain(heading), blocks);
            } else {
                blocks.add(node);
            }
        }
    }

    /** Returns the headings of level 2. */
    List<String> headings() {
        return sections.keySet().stream().skip(1).toList();
    }

    /** Adds the first paragraph of the document to a page. */
    void addIntroduction(Roff roff) {
        add(roff, sections.firstEntry().getValue().getFirst());
    }

    /** Adds the blocks below a heading to a page. */
    void add(Roff roff, String heading) {
        List<Node> blocks = sections.get(heading);
        if (blocks == null) {
            throw new IllegalArgumentException("no section " + heading);
        }
        blocks.forEach(block -> add(roff, block));
    }

    private static void add(Roff roff, Node block) {
        switch (block) {
            case Heading heading -> roff.subsection(plain(heading));
            case Paragraph paragraph -> roff.paragraph(text(paragraph));
            case BulletList list -> children(list).forEach(item -> roff.bullet(text(only(item))));
            case FencedCodeBlock code -> roff.example(code.getLiteral());
            case TableBlock table -> addTable(roff, table);
            default -> throw unsupported(block);
        }
    }

    /** Adds a tagged paragraph for each row, with the headings of columns if there are several. */
    private static void addTable(Roff roff, TableBlock table) {
        List<Node> headings = children(only(table.getFirstChild()));
        for (Node row : children(table.getLastChild())) {
            List<Node> cells = children(row);
            List<String> lines = new ArrayList<>();
            for (int i = 1; i < cells.size(); i++) {
                if (!plain(cells.get(i)).equals("-")) {
                    String heading = cells.size() > 2 ? text(headings.get(i)) + ": " : "";
                    lines.add(heading + text(cells.get(i)));
                }
            }
            roff.tagged(Roff.bold(plain(cells.getFirst())), String.join("\n.br\n", lines));
        }
    }

    private static Node only(Node parent) {
        if (parent.getFirstChild() != parent.getLastChild()) {
            throw unsupported(parent);
        }
        return parent.getFirstChild();
    }

    private static IllegalArgumentException unsupported(Node node) {
        return new IllegalArgumentException("no man page element for " + node + ": " + plain(node));
    }

    private static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /** Returns the roff text of a paragraph or cell: code in bold, and links without addresses. */
    private static String text(Node parent) {
        return children(parent).stream()
                .map(
                        node ->
                                switch (node) {
                                    case Text text -> Roff.escape(text.getLiteral());
                                    case Code code -> Roff.bold(code.getLiteral());
                                    case Link link -> text(link);
                                    case SoftLineBreak _ -> " ";
                                    default -> throw unsupported(node);
                                })
                .collect(joining());
    }

    private static String plain(Node parent) {
        return children(parent).stream()
                .map(
                        node ->
                                switch (node) {
                                    case Text text -> text.getLiteral();
                                    case Code code -> code.getLiteral();
                                    default -> plain(node);
                                })
                .collect(joining());
    }
}
