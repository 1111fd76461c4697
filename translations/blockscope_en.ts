<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>This is no number of events; the file has %n of them.</source>
        <translation>
            <numerusform>This is no number of events; the file has %n of them.</numerusform>
            <numerusform>This is no number of events; the file has %n of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message numerus="yes">
        <source>%1 was allowed: %n claim(s) stand on its nodes, and none clashes.</source>
        <translation>
            <numerusform>%1 was allowed: %n claim stands on its nodes, and it does not clash.</numerusform>
            <numerusform>%1 was allowed: %n claims stand on its nodes, and none clashes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (and %n more)</numerusform>
            <numerusform>%1 (and %n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Graph</name>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1 (and %n more)</numerusform>
            <numerusform>%1 (and %n more)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s)</source>
        <translation>
            <numerusform>%n snapshot</numerusform>
            <numerusform>%n snapshots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bitmap(s)</source>
        <translation>
            <numerusform>%n bitmap</numerusform>
            <numerusform>%n bitmaps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PictureText</name>
    <message numerus="yes">
        <source>%n thing(s) broke.</source>
        <translation>
            <numerusform>%n thing broke.</numerusform>
            <numerusform>%n things broke.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n access(es) were stopped.</source>
        <translation>
            <numerusform>%n access was stopped.</numerusform>
            <numerusform>%n accesses were stopped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… and %n more.</numerusform>
            <numerusform>… and %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>%n reason(s), by the rules of %1:</source>
        <translation>
            <numerusform>%n reason, by the rules of %1:</numerusform>
            <numerusform>%n reasons, by the rules of %1:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tip</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dirty cluster(s)</source>
        <translation>
            <numerusform>%n dirty cluster</numerusform>
            <numerusform>%n dirty clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::app::FileCommands</name>
    <message numerus="yes">
        <source>%n thing(s) were concluded rather than captured.</source>
        <translation>
            <numerusform>%n thing was concluded rather than captured.</numerusform>
            <numerusform>%n things were concluded rather than captured.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::app::FindingsNotice</name>
    <message numerus="yes">
        <source>Findings (%n)</source>
        <translation>
            <numerusform>Findings (%n)</numerusform>
            <numerusform>Findings (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) in all.</source>
        <translation>
            <numerusform>%n finding in all.</numerusform>
            <numerusform>%n findings in all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::app::RulesBadge</name>
    <message numerus="yes">
        <source>%n reading(s) off</source>
        <translation>
            <numerusform>%n reading off</numerusform>
            <numerusform>%n readings off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deliberate mistake(s)</source>
        <translation>
            <numerusform>%n deliberate mistake</numerusform>
            <numerusform>%n deliberate mistakes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::app::StatusLine</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n active job(s)</source>
        <translation>
            <numerusform>%n active job</numerusform>
            <numerusform>%n active jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::views::ExplanationView</name>
    <message numerus="yes">
        <source>✕ Refused by %1 (%n reason(s))</source>
        <translation>
            <numerusform>✕ Refused by %1 (%n reason)</numerusform>
            <numerusform>✕ Refused by %1 (%n reasons)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::views::FindBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::views::PalettePanel</name>
    <message numerus="yes">
        <source>%n operation(s) of this family may start here now.</source>
        <translation>
            <numerusform>%n operation of this family may start here now.</numerusform>
            <numerusform>%n operations of this family may start here now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>blockscope::views::SpeedControl</name>
    <message numerus="yes">
        <source>%n step(s)/s</source>
        <translation>
            <numerusform>%n step/s</numerusform>
            <numerusform>%n steps/s</numerusform>
        </translation>
    </message>
</context>
</TS>
