/* The SQL functions behind the views rdf_policy_shapes and rdf_policy_status. */
#include "pg/pg.h"

#include "utils/array.h"

#include "base/buffer.h"
#include "pg/server/bridge.h"
#include "pg/shared/control.h"
#include "pg/shared/current_generation.h"
#include "pg/shared/generation_contents.h"
#include "pg/term/term_type.h"
#include "rdf/turtle_writer.h"
#include "validate/path_write.h"

PG_FUNCTION_INFO_V1(rdf_catalog_shapes);
PG_FUNCTION_INFO_V1(rdf_catalog_status);

enum { SHAPE_COLUMN_COUNT = 10, STATUS_COLUMN_COUNT = 7 };

/* One policy whose shapes are listed. */
typedef struct ShapeListing {
    ReturnSetInfo *result;
    RpText policy;
    int32 version;
    const RpImage *image;
    RpArena *arena;
    RpDataGraph data; /* empty: terms are written through its dictionary */
    RpError error;
} ShapeListing;

static const RpMapping *
current_mapping(FunctionCallInfo fcinfo)
{
    RpGenerationAnswer answer;

    rp_current_generation(rp_catalog_of_function(fcinfo->flinfo->fn_oid), &answer);
    return answer.mapping;
}

static RpTerm
image_term(const RpImage *image, RpTermId id)
{
    return rp_term_table_get(&image->terms, id);
}

static Datum
text_datum(RpText text)
{
    return PointerGetDatum(rp_text_datum(text));
}

/* A target as text: the kind of SHACL's vocabulary and the term. */
static Datum
target_datum(ShapeListing *listing, const RpTarget *target)
{
    static const char *const kinds[] = {[RP_TARGET_NODE] = "targetNode",
                                        [RP_TARGET_CLASS] = "targetClass",
                                        [RP_TARGET_SUBJECTS_OF] = "targetSubjectsOf",
                                        [RP_TARGET_OBJECTS_OF] = "targetObjectsOf"};
    RpTerm term = image_term(listing->image, target->term);
    RpBuffer buffer;

    rp_buffer_init(&buffer, listing->arena);
    rp_buffer_append_string(&buffer, kinds[target->kind]);
    rp_buffer_append_byte(&buffer, ' ');
    rp_term_write(&buffer, &term);
    RP_BRIDGE_TRY(rp_buffer_status(&buffer, &listing->error), &listing->error);
    return text_datum(rp_buffer_text(&buffer));
}

static Datum
targets_datum(ShapeListing *listing, const RpImageShape *shape)
{
    Datum *targets = palloc(sizeof(Datum) * (shape->target_count + 1));

    for (uint32 i = 0; i < shape->target_count; i++) {
        targets[i] = target_datum(listing, &listing->image->targets[shape->first_target + i]);
    }
    return PointerGetDatum(
        construct_array(targets, (int)shape->target_count, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum
path_datum(ShapeListing *listing, uint32 index)
{
    RpResult result = {.path = listing->image->shapes[index].path, .shape = index};
    RpBuffer buffer;

    rp_buffer_init(&buffer, listing->arena);
    rp_path_write(&buffer, &listing->data, &result);
    RP_BRIDGE_TRY(rp_buffer_status(&buffer, &listing->error), &listing->error);
    return text_datum(rp_buffer_text(&buffer));
}

static void
list_shape(ShapeListing *listing, uint32 index)
{
    const RpImageShape *shape = &listing->image->shapes[index];
    bool is_property = shape->path != 0;
    RpTerm node = image_term(listing->image, shape->node);
    Datum values[SHAPE_COLUMN_COUNT] = {0};
    bool nulls[SHAPE_COLUMN_COUNT] = {false};

    values[0] = text_datum(listing->policy);
    values[1] = Int32GetDatum(listing->version);
    values[2] = rp_term_datum(&node);
    values[3] = CStringGetTextDatum(is_property ? "property shape" : "node shape");
    nulls[4] = !is_property;
    if (is_property) {
        values[4] = path_datum(listing, index);
    }
    values[5] = targets_datum(listing, shape);
    values[6] = Int32GetDatum((int32)shape->constraint_count);
    values[7] = text_datum(image_term(listing->image, shape->severity).lexical);
    values[8] = BoolGetDatum((shape->flags & RP_IMAGE_SHAPE_IS_DEACTIVATED) != 0);
    nulls[9] = true;
    tuplestore_putvalues(listing->result->setResult, listing->result->setDesc, values, nulls);
}

static void
list_left_out(ShapeListing *listing, const RpImageLeftOut *left_out)
{
    RpTerm node = image_term(listing->image, left_out->node);
    Datum values[SHAPE_COLUMN_COUNT] = {0};
    bool nulls[SHAPE_COLUMN_COUNT];

    memset(nulls, true, sizeof(nulls));
    nulls[0] = nulls[1] = nulls[2] = nulls[9] = false;
    values[0] = text_datum(listing->policy);
    values[1] = Int32GetDatum(listing->version);
    values[2] = rp_term_datum(&node);
    values[9] = text_datum(image_term(listing->image, left_out->message).lexical);
    tuplestore_putvalues(listing->result->setResult, listing->result->setDesc, values, nulls);
}

static void
list_policy(ReturnSetInfo *result, const RpMapping *mapping, const RpDirectoryEntry *entry)
{
    ShapeListing listing = {
        .result = result,
        .policy = rp_directory_text(mapping->directory, entry->name_offset, entry->name_length),
        .version = entry->version,
        .image = rp_mapping_image(mapping, entry),
        .arena = rp_bridge_arena(CurrentMemoryContext, 0)};

    rp_data_graph_init(&listing.data, listing.image, listing.arena, 0);
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
    Datum values[STATUS_COLUMN_COUNT];
    bool nulls[STATUS_COLUMN_COUNT] = {false};

    for (uint32 i = 0; i < directory->entry_count; i++) {
        uint32 flags = rp_directory_entries(directory)[i].flags;

        policy_count += (flags & RP_DIRECTORY_ACTIVE) != 0;
        broken_count += (flags & RP_DIRECTORY_ACTIVE) && (flags & RP_DIRECTORY_BROKEN);
    }
    values[0] = Int64GetDatum(directory->generation);
    values[1] = Int32GetDatum(policy_count);
    values[2] = Int32GetDatum(broken_count);
    values[3] = Int64GetDatum((int64)directory->size);
    values[4] = BoolGetDatum(mapping->segment != NULL);
    values[5] = Int32GetDatum(rp_control_published_count());
    values[6] = differences_datum(fcinfo, mapping);
    InitMaterializedSRF(fcinfo, 0);
    tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
    return (Datum)0;
}
