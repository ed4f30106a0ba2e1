import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene's side of the benchmark: the same verbs, fields, queries and answers as benchmark/worker.py.
 *
 * <p>Analysis is that of its EnglishAnalyzer without possessives and stop words: StandardTokenizer, lower case, Porter.
 * Merges run in the one thread there is. Its cache of queries is off: no engine here keeps answers.
 */
public final class Lucene {
    private static final String[] FACETS = {"location", "actor"};
    private static final double MEMORY_MB = 256;
    private static final float TITLE_WEIGHT = 2;
    private static final int TOP = 10;
    private static final int EVERY_VALUE = 1_000_000;

    private Lucene() {}

    public static void main(String[] words) throws IOException {
        switch (words[0]) {
            case "build", "add" -> write(Path.of(words[1]), Path.of(words[2]), Integer.parseInt(words[3]));
            case "serve" -> serve(Path.of(words[1]), Path.of(words[2]), Integer.parseInt(words[3]));
            default -> throw new IllegalArgumentException("build, add or serve, not " + words[0]);
        }
    }

    // --- writing

    private static void write(Path articles, Path index, int first) throws IOException {
        double cpu = cpuSeconds();
        long started = System.nanoTime();
        IndexWriterConfig settings =
                new IndexWriterConfig(new English())
                        .setRAMBufferSizeMB(MEMORY_MB)
                        .setMergeScheduler(new SerialMergeScheduler());
        try (FSDirectory directory = FSDirectory.open(index);
                IndexWriter writer = new IndexWriter(directory, settings);
                BufferedReader lines = Files.newBufferedReader(articles, StandardCharsets.US_ASCII)) {
            FacetsConfig facets = facetsConfig();
            int number = first;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.addDocument(facets.build(document(line.split("\t", -1), number++)));
            }
            writer.commit();
        }
        say(
                String.format(
                        "{\"version\": \"%s\", \"wall\": %f, \"cpu\": %f%s}",
                        Version.LATEST, (System.nanoTime() - started) / 1e9, cpuSeconds() - cpu, memory(", ")));
    }

    private static Document document(String[] parts, int number) {
        Document document = new Document();
        document.add(new StringField("id", String.format("%016x", number), Field.Store.YES));
        document.add(new TextField("title", parts[0], Field.Store.YES));
        document.add(new TextField("body", parts[1], Field.Store.YES));
        document.add(new LongField("day", Long.parseLong(parts[2]), Field.Store.YES));
        for (int facet = 0; facet < FACETS.length; facet++) {
            for (String value : parts[3 + facet].split("\\|")) {
                if (!value.isEmpty()) {
                    document.add(new SortedSetDocValuesFacetField(FACETS[facet], value));
                    document.add(new StoredField(FACETS[facet], value));
                }
            }
        }
        return document;
    }

    private static FacetsConfig facetsConfig() {
        FacetsConfig config = new FacetsConfig();
        for (String facet : FACETS) {
            config.setMultiValued(facet, true);
            config.setIndexFieldName(facet, "$" + facet);
        }
        return config;
    }

    private static final class English extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream lower = new LowerCaseFilter(words);
            return new TokenStreamComponents(words, new PorterStemFilter(lower));
        }
    }

    // --- searching

    private record Asked(String form, Query query) {}

    private record Found(int total, TopDocs best, List<FacetResult> counts) {}

    private static void serve(Path index, Path queries, int values) throws IOException {
        List<Asked> asked = new ArrayList<>();
        for (String line : Files.readAllLines(queries, StandardCharsets.US_ASCII)) {
            String[] parts = line.split("\t", -1);
            asked.add(new Asked(parts[2], query(parts)));
        }
        long started = System.nanoTime();
        Search search = new Search(DirectoryReader.open(FSDirectory.open(index)));
        search.run(asked.get(0), 0);
        say(
                String.format(
                        "{\"version\": \"%s\", \"open\": %f, \"segments\": %d}",
                        Version.LATEST, (System.nanoTime() - started) / 1e9, search.segments()));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.trim().split(" ");
            switch (words[0]) {
                case "answer" -> say(answer(search.run(asked.get(Integer.parseInt(words[1])), EVERY_VALUE)));
                case "time" -> say(timed(search, asked, words, words[1].equals("facets") ? values : 0));
                case "memory" -> say("{" + memory("") + "}");
                default -> throw new IllegalArgumentException("answer, time or memory, not " + words[0]);
            }
        }
    }

    private static String timed(Search search, List<Asked> asked, String[] words, int values) throws IOException {
        List<Long> took = new ArrayList<>();
        for (int place = 2; place < words.length; place++) {
            Asked query = asked.get(Integer.parseInt(words[place]));
            long started = System.nanoTime();
            search.run(query, values);
            took.add(System.nanoTime() - started);
        }
        return took.toString();
    }

    private static final class Search {
        private final IndexSearcher searcher;
        private final List<SortedSetDocValuesReaderState> states = new ArrayList<>();

        Search(DirectoryReader reader) throws IOException {
            searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            for (String facet : FACETS) {
                states.add(new DefaultSortedSetDocValuesReaderState(reader, "$" + facet, facetsConfig()));
            }
        }

        int segments() {
            return searcher.getIndexReader().leaves().size();
        }

        Found run(Asked asked, int values) throws IOException {
            boolean everything = asked.form().equals("everything");
            boolean gathered = values > 0 && !everything;
            var best = new TopScoreDocCollectorManager(TOP, null, Integer.MAX_VALUE);
            Object[] found =
                    gathered
                            ? searcher.search(
                                    asked.query(), new MultiCollectorManager(best, new FacetsCollectorManager()))
                            : new Object[] {searcher.search(asked.query(), best)};
            TopDocs top = (TopDocs) found[0];
            List<FacetResult> counts = new ArrayList<>();
            for (int facet = 0; values > 0 && facet < FACETS.length; facet++) {
                SortedSetDocValuesReaderState state = states.get(facet);
                SortedSetDocValuesFacetCounts counter =
                        everything
                                ? new SortedSetDocValuesFacetCounts(state)
                                : new SortedSetDocValuesFacetCounts(state, (FacetsCollector) found[1]);
                counts.add(
                        values < EVERY_VALUE
                                ? counter.getTopChildren(values, FACETS[facet])
                                : counter.getAllChildren(FACETS[facet]));
            }
            return new Found((int) top.totalHits.value, top, counts);
        }
    }

    private static Query query(String[] parts) {
        String[] words = parts[3].split(" ");
        String[] stems = parts[4].split(" ");
        return switch (parts[2]) {
            case "everything" -> new MatchAllDocsQuery();
            case "phrase" -> anywhere(field -> new PhraseQuery(field, stems));
            case "prefix" -> anywhere(field -> new PrefixQuery(new Term(field, words[0])));
            case "fuzzy" -> anywhere(field -> new FuzzyQuery(new Term(field, words[0]), 1, 1));
            case "dated" ->
                    new BooleanQuery.Builder()
                            .add(word(stems[0]), Occur.MUST)
                            .add(
                                    LongField.newRangeQuery("day", Long.parseLong(parts[5]), Long.parseLong(parts[6])),
                                    Occur.FILTER)
                            .build();
            default -> joined(stems, parts[2].equals("any") ? Occur.SHOULD : Occur.MUST);
        };
    }

    private static Query joined(String[] stems, Occur occur) {
        if (stems.length == 1) {
            return word(stems[0]);
        }
        BooleanQuery.Builder joined = new BooleanQuery.Builder();
        for (String stem : stems) {
            joined.add(word(stem), occur);
        }
        return joined.build();
    }

    private static Query word(String stem) {
        return anywhere(field -> new TermQuery(new Term(field, stem)));
    }

    private interface InField {
        Query of(String field);
    }

    private static Query anywhere(InField query) {
        return new BooleanQuery.Builder()
                .add(new BoostQuery(query.of("title"), TITLE_WEIGHT), Occur.SHOULD)
                .add(query.of("body"), Occur.SHOULD)
                .build();
    }

    // --- answering

    private static String answer(Found found) {
        StringBuilder text = new StringBuilder();
        text.append("{\"total\": ").append(found.total());
        text.append(", \"shown\": ").append(found.best().scoreDocs.length).append(", \"facets\": {");
        for (int facet = 0; facet < FACETS.length; facet++) {
            text.append(facet == 0 ? "\"" : ", \"").append(FACETS[facet]).append("\": {");
            FacetResult result = found.counts().get(facet);
            LabelAndValue[] values = result == null ? new LabelAndValue[0] : result.labelValues;
            for (int place = 0; place < values.length; place++) {
                text.append(place == 0 ? "\"" : ", \"").append(values[place].label).append("\": ");
                text.append(values[place].value);
            }
            text.append("}");
        }
        return text.append("}}").toString();
    }

    /** Bytes of memory as parts of a JSON object, behind `before`; empty where the system does not say. */
    private static String memory(String before) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String line : Files.readAllLines(status)) {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "VmHWM:" -> parts.add("\"peak\": " + Long.parseLong(words[1]) * 1024);
                case "VmRSS:" -> parts.add("\"resident\": " + Long.parseLong(words[1]) * 1024);
                case "RssAnon:" -> parts.add("\"anonymous\": " + Long.parseLong(words[1]) * 1024);
                default -> {}
            }
        }
        return parts.isEmpty() ? "" : before + String.join(", ", parts);
    }

    private static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
