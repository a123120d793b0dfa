interface PythonParts {
  /** Overloads of `call`, one for each method. */
  readonly overloads: string;
  /** The type of what `predict` returns. */
  readonly result: string;
  /** Expression for a row of a DataFrame, from its `names` and the values of its `row`. */
  readonly record: string;
}

/** The Python client without what depends on the model's types. */
export function pythonRuntime({ overloads, result, record }: PythonParts): string {
  return `

class Frame(Protocol):
    """A pandas DataFrame."""

    columns: Any
    index: Any

    def itertuples(self, index: bool = ..., name: Any = ...) -> Any: ...


class AwsCredentials(NamedTuple):
    access_key_id: str
    secret_access_key: str
    session_token: Optional[str] = None


class ApiError(Exception):
    """A response that is not a prediction. status is 0 if there was no response."""

    def __init__(self, status: int, message: str, body: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = body


#: Lambda accepts 6 MB, in which a request is escaped once more.
BATCH_BYTES_MAX = 2_000_000
#: A batch of a slow model must complete within API Gateway's timeout.
BATCH_ROWS_MAX = 10_000
FIRST_DELAY_SECONDS = 0.2
DELAY_SECONDS_MAX = 10.0


class Client:
    """Calls the API.

    url: the URL of the API, which tepal deploy prints.
    api_key: for an API that requires an API key.
    authorization: the value of the Authorization header, for an authorizer, or a function that returns it.
    credentials: for an API with IAM authorization, or a function that returns them: requests are signed.
    region: the region of the API; default: from its URL.
    retries_max: attempts after the first one, for the statuses 429 and 5xx and for broken connections.
    timeout: in seconds; API Gateway waits 29.
    """

    def __init__(
        self,
        url: Optional[str] = DEFAULT_URL,
        *,
        api_key: Optional[str] = None,
        authorization: Union[str, Callable[[], str], None] = None,
        credentials: Union[AwsCredentials, Callable[[], AwsCredentials], None] = None,
        region: Optional[str] = None,
        retries_max: int = 4,
        timeout: float = 30,
    ) -> None:
        if url is None:
            raise TypeError("The argument url is missing")
        self._url = url
        self._api_key = api_key
        self._authorization = authorization
        self._credentials = credentials
        self._region = region
        self._retries_max = retries_max
        self._timeout = timeout

    @overload
    def predict(self, rows: Sequence[Row]) -> ${result}: ...
    @overload
    def predict(self, rows: Frame) -> Any: ...
    def predict(self, rows: Any) -> Any:
        """The results of the model's first method: a list for rows; a Series or DataFrame for a DataFrame."""
        return self._call(DEFAULT_METHOD, rows)

${overloads}
    @overload
    def call(self, method: Method, rows: Frame) -> Any: ...
    def call(self, method: Method, rows: Any) -> Any:
        """The results of a method, one for each row. Large tables are sent in several requests."""
        return self._call(method, rows)

    def _call(self, method: Method, rows: Any) -> Any:
        is_frame = hasattr(rows, "itertuples")
        results: List[Any] = []
        for batch in _batches(_records(rows) if is_frame else rows):
            results += self._call_batch(method, batch)
        return _frame_of(results, rows.index) if is_frame else results

    def _call_batch(self, method: Method, rows: Sequence[Any]) -> List[Any]:
        request: Dict[str, Any] = {"values": rows}
        if method != DEFAULT_METHOD:
            request["method"] = method
        status, text = self._send(json.dumps(request).encode())
        if status == 413 and len(rows) > 1:  # A batch that is too large is sent in halves.
            middle = len(rows) // 2
            return self._call_batch(method, rows[:middle]) + self._call_batch(method, rows[middle:])
        if status != 200:
            raise ApiError(status, f"The API returned {status}: {_message_of(text)}", text)
        results: Any = json.loads(text)
        if not isinstance(results, list) or len(results) != len(rows):
            raise ApiError(status, f"The response is not a list of {len(rows)} results: {text[:200]}", text)
        return results

    def _send(self, body: bytes) -> "tuple[int, str]":
        attempt = 0
        while True:
            is_last = attempt >= self._retries_max
            wait = 0.0
            try:
                request = urllib.request.Request(self._url, body, self._headers(body), method="POST")
                with urllib.request.urlopen(request, timeout=self._timeout) as response:
                    return response.status, response.read().decode()
            except urllib.error.HTTPError as error:
                text = error.read().decode(errors="replace")
                if is_last or not (error.code == 429 or error.code >= 500):
                    return error.code, text
                retry_after = error.headers.get("retry-after") or ""
                wait = float(retry_after) if retry_after.isdigit() else 0.0
            except OSError as error:
                if is_last:
                    raise ApiError(0, f"POST {self._url} failed: {error}") from error
            # Twice as long each time, and a random part of that: callers that failed together do not return together.
            own = min(FIRST_DELAY_SECONDS * 2**attempt, DELAY_SECONDS_MAX) * random.uniform(0.5, 1)
            time.sleep(max(own, min(wait, DELAY_SECONDS_MAX)))
            attempt += 1

    def _headers(self, body: bytes) -> Dict[str, str]:
        headers = {"content-type": "application/json"}
        if self._api_key is not None:
            headers["x-api-key"] = self._api_key
        if self._authorization is not None:
            given = self._authorization
            headers["authorization"] = given if isinstance(given, str) else given()
        if self._credentials is None:
            return headers
        credentials = self._credentials if isinstance(self._credentials, AwsCredentials) else self._credentials()
        return _signed(self._url, headers, body, credentials, self._region)


def _records(frame: Any) -> List[Any]:
    names = [str(name) for name in frame.columns]
    rows = ([_plain(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return [${record} for row in rows]


def _plain(value: Any) -> Any:
    """A value of JSON: no numpy scalars, no NaN, no NA."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value


def _frame_of(results: List[Any], index: Any) -> Any:
    pandas: Any = sys.modules["pandas"]
    is_flat = not any(isinstance(each, list) for each in results)
    return pandas.Series(results, index=index) if is_flat else pandas.DataFrame(results, index=index)


def _batches(rows: Sequence[Any]) -> Iterator[List[Any]]:
    batch: List[Any] = []
    size = 0
    for row in rows:
        length = len(json.dumps(row)) + 2
        if batch and (size + length > BATCH_BYTES_MAX or len(batch) == BATCH_ROWS_MAX):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def _message_of(text: str) -> str:
    try:
        error = json.loads(text)
        return str(error.get("message") or error.get("errorMessage") or text)
    except (ValueError, AttributeError):
        return text[:500]


def _signed(
    url: str, headers: Mapping[str, str], body: bytes, credentials: AwsCredentials, region: Optional[str]
) -> Dict[str, str]:
    """AWS Signature Version 4."""
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    in_host = re.search(r"\\.(?:execute-api|lambda-url)\\.([a-z0-9-]+)\\.", host)
    region = region or (in_host.group(1) if in_host else "us-east-1")
    service = "lambda" if ".lambda-url." in host else "execute-api"
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = [now[:8], region, service, "aws4_request"]
    every = {**headers, "x-amz-date": now}
    if credentials.session_token is not None:
        every["x-amz-security-token"] = credentials.session_token
    canonical = sorted({**every, "host": parts.netloc}.items())
    names = ";".join(name for name, _ in canonical)
    query = sorted(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
    request = "\\n".join(
        [
            "POST",
            urllib.parse.quote(parts.path or "/", safe="/~"),
            "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in query),
            *(f"{name}:{value.strip()}" for name, value in canonical),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(request.encode()).hexdigest()
    key = ("AWS4" + credentials.secret_access_key).encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    text = "\\n".join(["AWS4-HMAC-SHA256", now, "/".join(scope), digest])
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    every["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credentials.access_key_id}/{'/'.join(scope)}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return every


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="-_.~")
`;
}
