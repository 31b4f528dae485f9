/* The SQL functions behind the views rdf_policy_shapes and rdf_policy_status. */
#include "pg/pg.h"

#include "utils/array.h"

#include "image/fact.h"
#include "pg/server/bridge.h"
#include "pg/shared/control.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/generation_contents.h"
#include "pg/term/term_type.h"

PG_FUNCTION_INFO_V1(rdf_catalog_shapes);
PG_FUNCTION_INFO_V1(rdf_catalog_status);

enum {
    COLUMN_POLICY,
    COLUMN_VERSION,
    COLUMN_SHAPE,
    COLUMN_KIND,
    COLUMN_PATH,
    COLUMN_TARGETS,
    COLUMN_CONSTRAINTS,
    COLUMN_SEVERITY,
    COLUMN_DEACTIVATED,
    COLUMN_LEFT_OUT,
    SHAPE_COLUMN_COUNT
};

enum { STATUS_COLUMN_COUNT = 9 };

/* One policy whose shapes are listed. */
typedef struct ShapeListing {
    ReturnSetInfo *result;
    RpText policy;
    int32 version;
    const RpImage *image;
    RpFactWriter writer;
} ShapeListing;

/* Of the generation that the statement's snapshot sees. It stays the cache's: valid until another
 * generation is looked up. */
static const RpMapping *
current_mapping(FunctionCallInfo fcinfo)
{
    RpGenerationAnswer answer;

    rp_current_generation(rp_catalog_of_function(fcinfo->flinfo->fn_oid), &answer);
    return answer.mapping;
}

static Datum
text_datum(RpText text)
{
    return PointerGetDatum(rp_text_datum(text));
}

/* A fact's value in N-Triples; a target with its property before it: sh:targetClass <http://…>. */
static Datum
fact_datum(ShapeListing *listing, const RpFact *fact)
{
    RpError *error = listing->writer.error;
    RpBuffer buffer;

    rp_buffer_init(&buffer, listing->writer.arena);
    if (fact->kind == RP_FACT_TARGET) {
        rp_fact_write_property(&buffer, fact->property);
        rp_buffer_append_byte(&buffer, ' ');
    }
    RP_BRIDGE_TRY(rp_fact_write_value(&listing->writer, &buffer, fact), error);
    RP_BRIDGE_TRY(rp_buffer_status(&buffer, error), error);
    return text_datum(rp_buffer_text(&buffer));
}

/* Set the columns that are the same in every row of a policy. */
static void
put_row(ShapeListing *listing, RpTermId node, Datum *values, bool *nulls)
{
    RpTerm term = rp_term_table_get(&listing->image->terms, node);

    nulls[COLUMN_POLICY] = nulls[COLUMN_VERSION] = nulls[COLUMN_SHAPE] = false;
    values[COLUMN_POLICY] = text_datum(listing->policy);
    values[COLUMN_VERSION] = Int32GetDatum(listing->version);
    values[COLUMN_SHAPE] = rp_term_datum(&term);
    tuplestore_putvalues(listing->result->setResult, listing->result->setDesc, values, nulls);
}

/*
 * Columns from the facts that explain and diff are made of (image/fact.h), so that the three
 * never tell different stories.
 */
static void
list_shape(ShapeListing *listing, uint32 index)
{
    const RpImageShape *shape = &listing->image->shapes[index];
    RpTerm severity = rp_term_table_get(&listing->image->terms, shape->severity);
    Datum *targets = palloc(sizeof(Datum) * (shape->target_count + 1));
    int target_count = 0;
    RpFact fact;
    Datum values[SHAPE_COLUMN_COUNT] = {0};
    bool nulls[SHAPE_COLUMN_COUNT] = {[COLUMN_PATH] = shape->path == 0, [COLUMN_LEFT_OUT] = true};

    values[COLUMN_KIND] = CStringGetTextDatum(shape->path == 0 ? "node shape" : "property shape");
    values[COLUMN_CONSTRAINTS] = Int32GetDatum((int32)shape->constraint_count);
    values[COLUMN_SEVERITY] = text_datum(severity.lexical);
    values[COLUMN_DEACTIVATED] = BoolGetDatum((shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) != 0);
    for (uint32 i = 0; rp_fact_get(listing->image, index, i, &fact); i++) {
        if (fact.kind == RP_FACT_TARGET) {
            targets[target_count++] = fact_datum(listing, &fact);
        } else if (fact.kind == RP_FACT_PATH) {
            values[COLUMN_PATH] = fact_datum(listing, &fact);
        }
    }
    values[COLUMN_TARGETS] =
        PointerGetDatum(construct_array(targets, target_count, TEXTOID, -1, false, TYPALIGN_INT));
    put_row(listing, shape->node, values, nulls);
}

/*
 * A part of the text that is not enforced has a row of its own, with the reason: who looks at what
 * is in force sees what is not.
 */
static void
list_left_out(ShapeListing *listing, const RpImageLeftOut *left_out)
{
    RpTerm message = rp_term_table_get(&listing->image->terms, left_out->message);
    Datum values[SHAPE_COLUMN_COUNT] = {0};
    bool nulls[SHAPE_COLUMN_COUNT];

    memset(nulls, true, sizeof(nulls));
    nulls[COLUMN_LEFT_OUT] = false;
    values[COLUMN_LEFT_OUT] = text_datum(message.lexical);
    put_row(listing, left_out->node, values, nulls);
}

/*
 * The images are those of the generation that the statement sees: mapped, so nothing is compiled or
 * read for it.
 */
static void
list_policy(ReturnSetInfo *result, const RpMapping *mapping, const RpDirectoryEntry *entry)
{
    ShapeListing listing = {
        .result = result,
        .policy = rp_directory_text(mapping->directory, entry->name_offset, entry->name_length),
        .version = entry->version,
        .image = rp_mapping_image(mapping, entry)};
    RpError error = {.status = RP_OK};

    RP_BRIDGE_TRY(rp_fact_writer_init(&listing.writer, listing.image, false,
                                      rp_bridge_arena(CurrentMemoryContext, 0), &error),
                  &error);
    for (uint32 i = 0; i < listing.image->shape_count; i++) {
        CHECK_FOR_INTERRUPTS();
        list_shape(&listing, i);
    }
    for (uint32 i = 0; i < listing.image->left_out_count; i++) {
        list_left_out(&listing, &listing.image->left_out[i]);
    }
}

/* rdf_catalog_shapes() → the shapes of the policies in force */
Datum
rdf_catalog_shapes(PG_FUNCTION_ARGS)
{
    const RpMapping *mapping = current_mapping(fcinfo);

    InitMaterializedSRF(fcinfo, 0);
    for (uint32 i = 0; i < mapping->directory->entry_count; i++) {
        const RpDirectoryEntry *entry = &rp_directory_entries(mapping->directory)[i];

        if ((entry->flags & RP_DIRECTORY_ACTIVE) && !(entry->flags & RP_DIRECTORY_BROKEN)) {
            list_policy((ReturnSetInfo *)fcinfo->resultinfo, mapping, entry);
        }
    }
    return (Datum)0;
}

/* What the rows say that is not in force, in words. */
static Datum
differences_datum(FunctionCallInfo fcinfo, const RpMapping *mapping)
{
    RpContentsDifference *differences;
    uint32 count = rp_generation_contents_compare(rp_catalog_of_function(fcinfo->flinfo->fn_oid),
                                                  GetActiveSnapshot(), mapping, &differences);
    Datum *texts = palloc(sizeof(Datum) * (count + 1));

    for (uint32 i = 0; i < count; i++) {
        texts[i] = CStringGetTextDatum(rp_contents_difference_text(&differences[i]));
    }
    return PointerGetDatum(construct_array(texts, (int)count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* rdf_catalog_status() → one row */
Datum
rdf_catalog_status(PG_FUNCTION_ARGS)
{
    const RpMapping *mapping = current_mapping(fcinfo);
    const RpDirectoryHeader *directory = mapping->directory;
    ReturnSetInfo *result = (ReturnSetInfo *)fcinfo->resultinfo;
    int32 policy_count = 0;
    int32 broken_count = 0;
    int32 context_count = 0;
    int32 broken_context_count = 0;
    Datum values[STATUS_COLUMN_COUNT];
    bool nulls[STATUS_COLUMN_COUNT] = {false};

    for (uint32 i = 0; i < directory->entry_count; i++) {
        uint32 flags = rp_directory_entries(directory)[i].flags;

        policy_count += (flags & RP_DIRECTORY_ACTIVE) != 0;
        broken_count += (flags & RP_DIRECTORY_ACTIVE) && (flags & RP_DIRECTORY_BROKEN);
    }
    for (uint32 i = 0; i < directory->context_count; i++) {
        uint32 flags = rp_directory_contexts(directory)[i].flags;

        context_count += !(flags & RP_DIRECTORY_FORMER);
        broken_context_count += (flags & RP_DIRECTORY_BROKEN) != 0;
    }
    values[0] = Int64GetDatum(directory->generation);
    values[1] = Int32GetDatum(policy_count);
    values[2] = Int32GetDatum(broken_count);
    values[3] = Int64GetDatum((int64)directory->size);
    values[4] = BoolGetDatum(mapping->segment != NULL);
    values[5] = Int32GetDatum(rp_control_published_count());
    values[6] = differences_datum(fcinfo, mapping);
    values[7] = Int32GetDatum(context_count);
    values[8] = Int32GetDatum(broken_context_count);
    InitMaterializedSRF(fcinfo, 0);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
    return (Datum)0;
}
