package net.launcher.client.html;

/** Style sheet of the page: light, dark, small screens and print. */
final class Style {
    /** The colours are those of Okabe and Ito, which colour-blind readers can distinguish. */
    static final String SHEET =
            """
            :root{color-scheme:light dark;--page:#fff;--panel:#f5f7f9;--text:#1c2530;--soft:#56616f;\
            --line:#d5dbe2;--grid:#e6eaee;--curve:#0072b2;--band:#0072b233;--second:#d55e00;\
            --bad:#c04f00;--late:#a8487f;--tail:#a8487f;--failed:#56616f;--ok:#00795a}
            @media(prefers-color-scheme:dark){:root{--page:#12161c;--panel:#1b2129;--text:#e4e9ef;\
            --soft:#a1adba;--line:#343d49;--grid:#28303a;--curve:#56b4e9;--band:#56b4e940;\
            --second:#e69f00;--bad:#f08a4b;--late:#de93bd;--tail:#de93bd;--failed:#a1adba;\
            --ok:#2fc99a}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--text);\
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
            font-variant-numeric:tabular-nums}
            h1,dd,code,.words{overflow-wrap:anywhere}
            main,footer{max-width:60rem;margin:0 auto;padding:0 1.5rem}
            header{padding:3rem 0 0}
            h1{font-size:1.75rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0}
            h2{font-size:1.125rem;font-weight:650;margin:0 0 .5rem}
            .when{color:var(--soft);margin:.25rem 0 1.25rem}
            .verdict{display:flex;align-items:center;gap:.6rem;margin:0;padding:.7rem 1rem;\
            font-weight:600;border:1px solid currentColor;border-radius:.5rem}
            .verdict .key{width:1.25rem;height:1.25rem}
            .difference{margin:.9rem 0 0;font-size:1.125rem;font-weight:600}
            .ok{color:var(--ok)}.bad{color:var(--bad)}
            .key-figures{display:flex;flex-wrap:wrap;\
            gap:1px;margin:1.5rem 0 0;background:var(--line);border:1px solid var(--line);\
            border-radius:.5rem;overflow:hidden}
            .key-figures div{flex:1 1 12rem;background:var(--panel);padding:.8rem 1rem}
            dt{color:var(--soft);font-size:.875rem}
            dd{margin:0}
            .key-figures dd{font-size:1.25rem;font-weight:600}
            section,figure{margin:3rem 0 0;padding:0}
            .legend{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;margin:0 0 .5rem;\
            color:var(--soft);font-size:.875rem}
            .note{color:var(--soft);font-size:.875rem;max-width:42rem}
            svg{display:block;width:100%;height:auto}
            .key{display:inline-block;width:1rem;height:1rem;vertical-align:-.15em;\
            margin-right:.4rem;flex:none}
            .key path{fill:none;stroke:currentColor;stroke-width:2}
            svg text{fill:var(--soft);font-size:12px}
            path{fill:none;stroke-linejoin:round;stroke-linecap:round}
            .grid{stroke:var(--grid);stroke-width:1}
            .key .curve,.curve{stroke:var(--curve);stroke-width:2}
            .key .second,.second{stroke:var(--second);stroke-width:2;stroke-dasharray:6 4}
            .key .band,.band{fill:var(--band);stroke:var(--band);stroke-width:1}
            .key .bars,.bars{fill:var(--curve);stroke:none}
            .key .tail,.tail{stroke:var(--tail);stroke-width:1.25}
            .key .second-tail,.second-tail{stroke:var(--second);stroke-width:1.25;\
            stroke-dasharray:2 3}
            .mark{stroke:var(--text);stroke-width:1;stroke-dasharray:4 3}
            .second-mark{stroke:var(--second);stroke-width:1;stroke-dasharray:4 3}
            .key .dot,.dot{fill:var(--curve);stroke:var(--page);stroke-width:1}
            .key .ring,.ring{fill:var(--page);stroke:var(--second);stroke-width:1.5}
            .key .lost,.lost{fill:var(--bad);stroke:none}
            .key .late,.late{fill:var(--page);stroke:var(--late);stroke-width:1.5}
            .key .failed,.failed{fill:var(--failed);stroke:none}
            .key .dropped,.dropped{fill:var(--band);stroke:var(--curve);stroke-width:1.5;\
            stroke-dasharray:3 2}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;min-width:60%}
            th,td{padding:.35rem 1.5rem .35rem 0;border-bottom:1px solid var(--line);\
            text-align:right;white-space:nowrap}
            th:first-child,.words{text-align:left}
            th:last-child,td:last-child{padding-right:0}
            tbody th{font-weight:400;white-space:normal}
            thead th{color:var(--soft);font-size:.875rem;font-weight:400}
            .words{white-space:normal;min-width:14rem;padding-left:1.5rem}
            code{display:block;padding:.8rem 1rem;background:var(--panel);\
            border:1px solid var(--line);border-radius:.5rem;\
            font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
            code span{display:inline-block;max-width:100%}
            .run{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));\
            gap:1rem 1.5rem}
            footer{color:var(--soft);font-size:.875rem;padding-top:3rem;padding-bottom:3rem}
            @media(max-width:36rem){main,footer{padding-left:1rem;padding-right:1rem}\
            header{padding-top:1.5rem}h1{font-size:1.375rem}\
            .key-figures div{flex-basis:8rem}\
            .key-figures dd{font-size:1.0625rem}\
            figure svg text{font-size:18px}table{min-width:100%;font-size:.8125rem}\
            thead th{font-size:.75rem}th,td{padding-right:.4rem;white-space:normal}\
            td data{white-space:nowrap}.words{min-width:0;padding-left:0}}
            @media print{:root{color-scheme:light;--page:#fff;--panel:#fff;--text:#000;--soft:#333;\
            --line:#999;--grid:#ddd;--curve:#000;--band:#0003;--second:#000;--bad:#000;--late:#000;\
            --tail:#000;--failed:#999;--ok:#000}body{font-size:11pt}main,footer{max-width:none;padding:0}\
            header{padding:0}section,figure{break-inside:avoid;margin-top:1.5rem}}
            """;

    private Style() {}
}
