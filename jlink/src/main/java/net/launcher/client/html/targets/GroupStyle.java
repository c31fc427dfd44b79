package net.launcher.client.html.targets;

/** Rules of the style sheet for several targets. */
final class GroupStyle {
    /** On narrow screens, a row of the table is a block with a heading in each cell. */
    static final String RULES =
            """
            main,footer{max-width:80rem}
            .targets{width:100%;font-size:.9375rem}
            .targets th,.targets td{vertical-align:top;padding-right:1rem}
            .targets tbody th{min-width:13rem;overflow-wrap:anywhere}
            .targets .words{padding:0 0 .35rem 1.5rem;color:var(--soft)}
            .targets tr:has(+.failures)>*{border-bottom:0}
            .worst,.worst+.failures{background:var(--panel)}
            .total th,.total td,.worst th,.panel.worst p:first-child{font-weight:600}
            .multiples{display:grid;gap:1.25rem;\
            grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr))}
            .multiples.compact{gap:1rem .75rem;\
            grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}
            .panel{max-width:30rem;min-width:0}
            .panel p{margin:0;font-size:.8125rem;line-height:1.35;overflow-wrap:anywhere}
            .panel .counts{margin-bottom:.25rem}
            .counts:not(.bad){color:var(--soft)}
            .multiples svg text{font-size:12px}
            .dots{stroke:var(--curve);stroke-width:3}
            .multiples .curve{stroke-width:1.5}
            .multiples .tail{stroke-width:1}
            @media(max-width:36rem){.targets,.targets tbody{display:block}.targets thead{display:none}\
            .targets tr{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.2rem .5rem;\
            padding:.6rem 0;border-bottom:1px solid var(--line)}\
            .targets{font-size:.8125rem}.targets td data{white-space:normal}\
            .targets tbody th,.targets td,.targets .words{border:0;padding:0;text-align:left}\
            .targets tbody th,.targets .words{grid-column:1/-1;font-size:.875rem}\
            .targets tr:has(+.failures){border:0;padding-bottom:0}\
            .targets .failures{padding-top:.2rem}\
            .targets td:empty{display:none}\
            .targets td[data-label]::before{content:attr(data-label);display:block;\
            color:var(--soft);font-size:.75rem;font-weight:400}\
            .multiples svg text{font-size:12px}}
            """;

    private GroupStyle() {}
}
