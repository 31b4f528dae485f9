import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSet;
import org.apache.jena.query.Syntax;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.lang.LabelToNode;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.ref.QueryEngineRef;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * Runs queries by Jena, as sparql-run does: each line of standard input is a way, the file of a query and that of a document, with
 * tabs between them, and the answer is in the same form.
 */
public final class JenaRun {
    private static final int PATIENCE_SECONDS = 10;
    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private Throwable failure; // within a FILTER, where Jena logs it and goes on

    private void listen() {
        Logger root = Logger.getLogger("");

        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                failure = record.getThrown() == null ? failure : record.getThrown();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    private static Graph read(String file) throws Exception {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.create().fromString(Files.readString(Path.of(file))).lang(Lang.TURTLE)
            .labelToNode(LabelToNode.createUseLabelAsGiven()).parse(graph);
        return graph;
    }

    private static String table(ResultSet results) {
        List<String> names = results.getResultVars();
        StringJoiner head = new StringJoiner("\t");

        names.forEach(name -> head.add("?" + name));
        StringBuilder rows = new StringBuilder(head.toString()).append('\n');
        while (results.hasNext()) {
            Binding row = results.nextBinding();
            StringJoiner cells = new StringJoiner("\t");
            for (String name : names) {
                Node node = row.get(Var.alloc(name));
                cells.add(node == null ? "" : node.isBlank() ? "_:" + node.getBlankNodeLabel() : NodeFmtLib.strNT(node));
            }
            rows.append(cells).append('\n');
        }
        return rows.toString();
    }

    /** `run` by the engine that people use, `plain` without its optimizer, `reference` by the engine that takes the algebra at its word. */
    private void answer(String[] fields) throws Exception {
        Query query;

        try {
            query = QueryFactory.create(Files.readString(Path.of(fields[1])), Syntax.syntaxSPARQL_11);
        } catch (QueryException exception) {
            out.println("error\tsyntax\t" + exception.getMessage().replace('\n', ' '));
            return;
        }
        if (fields[0].equals("reference")) {
            QueryEngineRef.register();
        }
        try {
            execute(query, fields[2], !fields[0].equals("plain"));
        } catch (QueryCancelledException exception) {
            out.println("error\ttoo-large\tcancelled");
        } catch (Exception | StackOverflowError exception) {
            out.println("error\tcrash\t" + exception.toString().replace('\n', ' '));
        } finally {
            QueryEngineRef.unregister();
        }
    }

    private void execute(Query query, String data, boolean optimizes) throws Exception {
        try (QueryExecution execution = QueryExecution.create().query(query)
                 .model(ModelFactory.createModelForGraph(read(data)))
                 .set(ARQ.optimization, optimizes).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).build()) {
            failure = null;
            String answer = query.isAskType() ? execution.execAsk() + "\n" : table(execution.execSelect());
            out.print(failure == null ? answer : "error\tlogged\t" + failure.toString().replace('\n', ' ') + "\n");
        }
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        JenaRun run = new JenaRun();

        System.setOut(System.err); // Jena prints what it warns of
        run.listen();

        for (String line = in.readLine(); line != null; line = in.readLine()) {
            run.answer(line.split("\t"));
            run.out.println(".");
            run.out.flush();
        }
    }
}
