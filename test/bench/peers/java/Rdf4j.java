import java.io.File;
import java.io.StringReader;
import java.util.*;
import org.eclipse.rdf4j.common.transaction.IsolationLevels;
import org.eclipse.rdf4j.model.Model;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.vocabulary.RDF4J;
import org.eclipse.rdf4j.model.vocabulary.SHACL;
import org.eclipse.rdf4j.repository.RepositoryException;
import org.eclipse.rdf4j.repository.sail.*;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.sail.memory.MemoryStore;
import org.eclipse.rdf4j.sail.shacl.ShaclSail;
import org.eclipse.rdf4j.sail.shacl.ShaclSailValidationException;

/** RDF4J's ShaclSail over a store in memory: the data is added in one transaction of bulk validation, whose refusal has the report. */
class Rdf4j {
    static SailRepository open(String shapes) throws Exception {
        ShaclSail sail = new ShaclSail(new MemoryStore());
        sail.setValidationResultsLimitTotal(-1);
        sail.setValidationResultsLimitPerConstraint(-1);
        SailRepository repository = new SailRepository(sail);
        try (SailRepositoryConnection connection = repository.getConnection()) {
            connection.begin(IsolationLevels.NONE);
            connection.add(new File(shapes), RDFFormat.TURTLE, RDF4J.SHACL_SHAPE_GRAPH);
            connection.commit();
        }
        return repository;
    }

    interface Adding { void to(SailRepositoryConnection connection) throws Exception; }

    /** The report; null: the data conforms, and is rolled back. */
    static Model judge(SailRepository repository, Adding data, ShaclSail.TransactionSettings.ValidationApproach approach) throws Exception {
        try (SailRepositoryConnection connection = repository.getConnection()) {
            connection.getParserConfig().set(org.eclipse.rdf4j.rio.helpers.BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
            connection.begin(IsolationLevels.NONE, approach);
            data.to(connection);
            try {
                connection.prepare();
            } catch (RepositoryException refusal) {
                if (!(refusal.getCause() instanceof ShaclSailValidationException)) throw refusal;
                return ((ShaclSailValidationException) refusal.getCause()).validationReportAsModel();
            } finally {
                connection.rollback();
            }
            return null;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Peer.run(arguments,
            (data, shapes) -> {
                Model report = judge(open(shapes), connection -> connection.add(new File(data), data.endsWith(".nt") ? RDFFormat.NTRIPLES : RDFFormat.TURTLE),
                    ShaclSail.TransactionSettings.ValidationApproach.Bulk);
                Collection<String> components = new ArrayList<>();
                if (report != null) {
                    // Details have a component as well, and are no results of the report.
                    Set<Value> results = report.filter(null, SHACL.RESULT, null).objects();
                    report.filter(null, SHACL.SOURCE_CONSTRAINT_COMPONENT, null).stream().filter(triple -> results.contains(triple.getSubject()))
                        .forEach(triple -> components.add(triple.getObject().stringValue()));
                }
                return components;
            },
            file -> {
                SailRepository repository = open(file);
                return text -> {
                    try {
                        return judge(repository, connection -> connection.add(new StringReader(text), RDFFormat.NTRIPLES),
                            ShaclSail.TransactionSettings.ValidationApproach.Auto) == null;
                    } catch (Exception failure) {
                        throw new RuntimeException(failure);
                    }
                };
            });
        System.exit(0);
    }
}
