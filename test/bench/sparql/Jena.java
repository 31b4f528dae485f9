import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.sparql.graph.GraphFactory;

/** Jena SHACL: java Jena DATA SHAPES. Prints the milliseconds of reading, of judging, of judging once more, and the results. */
public class Jena {
    static Graph read(String file) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(file).errorHandler(ErrorHandlerFactory.errorHandlerNoWarnings).parse(graph);
        return graph;
    }

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        Graph data = read(arguments[0]);
        long[] moments = {start, System.nanoTime(), 0, 0};
        int results = 0;
        for (int i = 2; i < 4; i++) {
            results = ShaclValidator.get().validate(Shapes.parse(read(arguments[1])), data).getEntries().size();
            moments[i] = System.nanoTime();
        }
        for (int i = 1; i < 4; i++) {
            System.out.print((moments[i] - moments[i - 1]) / 1000000 + " ");
        }
        System.out.println(results);
    }
}
