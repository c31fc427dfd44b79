package net.launcher.client.html.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HtmlTest {
    private final Html html = new Html();

    private String body() {
        return html.page().replaceFirst("<!DOCTYPE html>\n", "").strip();
    }

    @Test
    void escapesMarkupInTextAndAttributes() {
        html.element("p", "<b>&amp;</b> \"'", "title", "\"><script>'&");
        assertEquals(
                "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">"
                        + "&lt;b&gt;&amp;amp;&lt;/b&gt; &quot;&#39;</p>",
                body());
    }

    @Test
    void escapesControlAndBidirectionalCharacters() {
        html.element("p", "a\u0000b\u001B[2J\u007F\u0085\u202Ec\nd");
        assertEquals("<p>a\\x00b\\x1B[2J\\x7F\\u{85}\\u{202E}c\\x0Ad</p>", body());
    }

    @Test
    void closesTheInnermostElement() {
        html.open("ul").open("li").text("one").close().empty("br", "class", "x").close();
        assertEquals("<ul><li>one</li>\n<br class=\"x\"/></ul>", body());
    }

    @Test
    void dataHasNameAndExactValue() {
        html.data("time_ns.p50", 41_250, "0.0413");
        assertEquals("<data data-name=\"time_ns.p50\" value=\"41250\">0.0413</data>", body());
    }

    @Test
    void rejectsAPageWithAnOpenElement() {
        html.open("p");
        assertThrows(IllegalStateException.class, html::page);
    }

    @Test
    void roundsCoordinatesToTenths() {
        assertEquals("0", SvgPath.number(0.04));
        assertEquals("0.1", SvgPath.number(0.05));
        assertEquals("-0.5", SvgPath.number(-0.5));
        assertEquals("12", SvgPath.number(11.96));
        assertEquals(
                "M1 2L3 4H5V6Z",
                new SvgPath()
                        .moveTo(1, 2)
                        .lineTo(3, 4)
                        .horizontalTo(5)
                        .verticalTo(6)
                        .close()
                        .toString());
    }
}
