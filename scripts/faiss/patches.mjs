/** sha256 of `src/faiss.cc` in faiss-node 0.5.1, the source that the patches are for. */
export const sourceSha256 = 'b6c71f71706005e50b1e876658ec2e102716c00d5028cc0e8579bae54058b5ef';

/** @typedef {{why: string, from: string, until?: string, to: string}} Patch `until` is where a replaced stretch ends; without it `from` alone is replaced */

/** @type {readonly Patch[]} */
export const patches = [
  {
    why: 'The type lies in another place before faiss 1.7.4.',
    from: 'using idx_t = faiss::idx_t;',
    to: `using idx_t = decltype(faiss::Index::ntotal);

// Numbers of a Float32Array, or of an array as the package takes them.
static std::vector<float> floats(const Napi::Value &value)
{
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_float32_array)
  {
    auto typed = value.As<Napi::Float32Array>();
    return std::vector<float>(typed.Data(), typed.Data() + typed.ElementLength());
  }
  if (!value.IsArray())
    throw Napi::TypeError::New(value.Env(), "Expected a Float32Array or an array of numbers.");
  auto array = value.As<Napi::Array>();
  std::vector<float> numbers(array.Length());
  for (uint32_t i = 0; i < numbers.size(); i++)
  {
    Napi::Value item = array[i];
    if (!item.IsNumber())
      throw Napi::TypeError::New(value.Env(), "Expected a number at " + std::to_string(i) + ".");
    numbers[i] = item.As<Napi::Number>().FloatValue();
  }
  return numbers;
}`,
  },
  {
    why: 'What the helper and the setters need.',
    from: '#include <random>',
    to: '#include <random>\n#include <vector>\n#include <faiss/IndexHNSW.h>\n#include <faiss/IndexIVF.h>',
  },
  {
    why: 'A static is shared by all threads that load the addon: the last one took over the others.',
    from: 'inline static Napi::FunctionReference *constructor;',
    to: 'inline static thread_local Napi::FunctionReference *constructor;',
  },
  {
    why: 'fromBuffer leaked its reader with a copy of the index.',
    from: 'faiss::VectorIOReader *reader = new faiss::VectorIOReader();\n    reader->data =',
    to: 'faiss::VectorIOReader owned;\n    faiss::VectorIOReader *reader = &owned;\n    reader->data =',
  },
  {
    why: 'toBuffer leaked its writer with a copy of the index.',
    from: 'faiss::VectorIOWriter *writer = new faiss::VectorIOWriter();',
    to: 'faiss::VectorIOWriter owned;\n    faiss::VectorIOWriter *writer = &owned;',
  },
  {
    why: 'add, train and search take typed arrays, leak nothing and give typed arrays; efforts can be set.',
    from: '  Napi::Value add(const Napi::CallbackInfo &info)',
    until: '  Napi::Value ntotal(const Napi::CallbackInfo &info)',
    to: `  std::vector<float> rows(const Napi::CallbackInfo &info)
  {
    if (info.Length() < 1)
      throw Napi::TypeError::New(info.Env(), "Expected vectors.");
    auto numbers = floats(info[0]);
    if (numbers.size() % index_->d != 0)
      throw Napi::Error::New(info.Env(), "Invalid the given array length.");
    return numbers;
  }

  Napi::Value add(const Napi::CallbackInfo &info)
  {
    auto numbers = rows(info);
    index_->add(numbers.size() / index_->d, numbers.data());
    return info.Env().Undefined();
  }

  Napi::Value train(const Napi::CallbackInfo &info)
  {
    auto numbers = rows(info);
    index_->train(numbers.size() / index_->d, numbers.data());
    return info.Env().Undefined();
  }

  Napi::Value search(const Napi::CallbackInfo &info)
  {
    Napi::Env env = info.Env();
    if (info.Length() != 2 || !info[1].IsNumber())
      throw Napi::TypeError::New(env, "Expected queries and a number k.");
    auto queries = rows(info);
    const size_t k = info[1].As<Napi::Number>().Uint32Value();
    const size_t places = k * (queries.size() / index_->d);
    std::vector<idx_t> labels(places);
    auto distances = Napi::Float32Array::New(env, places);
    auto found = Napi::Float64Array::New(env, places);
    if (places > 0)
      index_->search(queries.size() / index_->d, queries.data(), k, distances.Data(), labels.data());
    for (size_t i = 0; i < places; i++)
      found[i] = static_cast<double>(labels[i]);
    Napi::Object results = Napi::Object::New(env);
    results.Set("distances", distances);
    results.Set("labels", found);
    return results;
  }

  // nprobe of an inverted file or efSearch of a graph; false for an index that has neither.
  Napi::Value setEffort(const Napi::CallbackInfo &info)
  {
    if (info.Length() != 1 || !info[0].IsNumber())
      throw Napi::TypeError::New(info.Env(), "Expected a number.");
    const auto effort = info[0].As<Napi::Number>().Uint32Value();
    if (auto *ivf = dynamic_cast<faiss::IndexIVF *>(index_.get()))
      ivf->nprobe = effort;
    else if (auto *hnsw = dynamic_cast<faiss::IndexHNSW *>(index_.get()))
      hnsw->hnsw.efSearch = effort;
    else
      return Napi::Boolean::New(info.Env(), false);
    return Napi::Boolean::New(info.Env(), true);
  }

`,
  },
  {
    why: 'The setter is a method of the general class.',
    from: '      InstanceMethod("search", &Index::search),',
    to: '      InstanceMethod("search", &Index::search),\n      InstanceMethod("setEffort", &Index::setEffort),',
  },
  {
    why: 'removeIds leaked its list where faiss refused.',
    from: '    idx_t *xb = new idx_t[length];',
    to: '    std::vector<idx_t> owned(length);\n    idx_t *xb = owned.data();',
  },
  {
    why: 'See above.',
    from: '    delete[] xb;\n    return Napi::Number::New(info.Env(), num);',
    to: '    return Napi::Number::New(info.Env(), num);',
  },
];

/**
 * The source with all patches applied.
 * @param {string} source
 * @returns {string}
 * @throws where a patch does not fit exactly once
 */
export function patched(source) {
  let text = source;
  for (const { why, from, until, to } of patches) {
    const start = text.indexOf(from);
    if (start < 0 || text.indexOf(from, start + 1) >= 0) throw new Error(`does not fit: ${why}`);
    const end = until === undefined ? start + from.length : text.indexOf(until, start);
    if (end < 0) throw new Error(`does not end: ${why}`);
    text = text.slice(0, start) + to + text.slice(end);
  }
  return text;
}
