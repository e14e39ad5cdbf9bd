package io.tidewatch.view.night;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of strangers reads on a forge as it was written, wherever it stands on a page. */
class MarkdownTest {

    private static final long SEED = 20261122;
    private static final int TEXTS = 3_000;
    private static final String[] PIECES = {
        "*",
        "_",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "#",
        "|",
        "~",
        "\\",
        "&",
        "!",
        "-",
        "+",
        "=",
        ".",
        ":",
        "/",
        "@",
        " ",
        "a",
        "B",
        "1",
        "http",
        "://",
        "www.",
        "example.com",
        "&lt;",
        "<b>",
        "![x](y)",
        "](",
        "```",
        "~~",
        "dana@",
        "→",
        "é",
        "$",
        "{",
        "}"
    };

    private final Parser forge = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "[a](javascript:alert(1))",
                "![x](https://evil.example.com/x.png)",
                "https://evil.example.com/?q=1",
                "www.evil.example.com",
                "dana@example.com",
                "a | b",
                "**bold** _it_ `code` ~~gone~~",
                "&lt;b&gt; &#x41;",
                "# head",
                "- item",
                "shop/check_out_v2",
                "\\*",
                "ends with a backslash \\"
            })
    void readsAsWritten(String text) {
        assertThat(inCell(text)).isEqualTo(text);
        assertThat(inItem(text)).isEqualTo(text);
    }

    @Test
    void anyTextReadsAsWritten() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(n -> PIECES[random.nextInt(PIECES.length)])
                    .collect(Collectors.joining())
                    .strip();
            if (!text.isEmpty()) {
                assertThat(inCell(text)).as("%s in a cell", text).isEqualTo(text);
                assertThat(inItem(text)).as("%s in an item", text).isEqualTo(text);
            }
        }
    }

    /** The text of the second cell of a row. */
    private String inCell(String text) {
        Node page = forge.parse(
                "before\n\n" + Markdown.table(List.of("one", "two"), List.of(List.of("x", Markdown.text(text)))));
        Told told = new Told();
        page.accept(told);
        assertThat(told.cells).as("cells of %s", text).hasSize(4);
        return told.cells.get(3);
    }

    /** The text of an item behind a time. */
    private String inItem(String text) {
        Node page = forge.parse(Markdown.list(List.of("22:30 " + Markdown.text(text))));
        Told told = new Told();
        page.accept(told);
        assertThat(told.items).as("items of %s", text).hasSize(1);
        return told.items.get(0).substring("22:30 ".length());
    }

    /** Collects plain text; a node of any other kind fails, but for a link that a forge makes of an address. */
    private static final class Told extends AbstractVisitor {

        private final List<String> cells = new java.util.ArrayList<>();
        private final List<String> items = new java.util.ArrayList<>();

        @Override
        public void visit(ListItem item) {
            assertThat(item.getFirstChild()).isInstanceOf(Paragraph.class);
            items.add(plain(item.getFirstChild()));
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableCell) {
                cells.add(plain(node));
            }
            visitChildren(node);
        }

        private static String plain(Node parent) {
            StringBuilder text = new StringBuilder();
            for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof Link link) {
                    String read = plain(link);
                    assertThat(link.getDestination()).endsWith(read);
                    text.append(read);
                } else {
                    assertThat(child).isInstanceOfAny(Text.class, SoftLineBreak.class);
                    text.append(child instanceof Text one ? one.getLiteral() : " ");
                }
            }
            return text.toString();
        }
    }
}
