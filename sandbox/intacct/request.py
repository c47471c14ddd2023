"""A request document, read without entities, network or DTD, and checked for its layout."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from sandbox.intacct.refusal import BAD_XML, Complaint

TRUE = ("true", "1", "t")


@dataclass(frozen=True, slots=True)
class Control:
    """Who sent it, and how it wants its functions guarded and its errors told."""

    sender_id: str = ""
    password: str = ""
    control_id: str = ""
    unique: bool = True
    dtd_version: str = "3.0"
    policy_id: str = ""
    whitespace: bool = True
    more_about_errors: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """A user's own sign-in; an empty location is the top level."""

    user_id: str
    company_id: str
    password: str
    location_id: str


@dataclass(frozen=True, slots=True)
class Resume:
    """A session opened earlier."""

    session_id: str


@dataclass(frozen=True, slots=True)
class Function:
    """One call, under the control id its result will carry."""

    control_id: str
    call: etree._Element

    @property
    def name(self) -> str:
        """The call's element name."""
        return str(self.call.tag)


@dataclass(frozen=True, slots=True)
class Request:
    """One POST: a sender, a sign-in, and functions that run in order."""

    control: Control
    sign_in: Login | Resume
    transaction: bool
    functions: tuple[Function, ...]


class NotARequest(Exception):
    """The document is not well formed or not laid out as a request."""

    def __init__(self, text: str, control: Control) -> None:
        super().__init__(text)
        self.control = control
        self.complaint = Complaint(BAD_XML, "XML Parse schema error", text)


def read_request(body: bytes) -> Request:
    """The request, or NotARequest naming the line or the element that is wrong."""
    root = _parsed(body)
    control = Control()
    if root.tag != "request":
        raise NotARequest(f"Element '{root.tag}': 'request' was expected.", control)
    control = _control(root)
    operation = _child(root, "operation", control)
    authentication = _child(operation, "authentication", control)
    content = _child(operation, "content", control)
    functions = tuple(_function(one, control) for one in content)
    if not functions:
        raise NotARequest("Element 'content': Missing child element(s) 'function'.", control)
    transaction = is_true(operation.get("transaction", "false"))
    return Request(control, _sign_in(authentication, control), transaction, functions)


def is_true(word: str) -> bool:
    """Whether a flag is set, in any of the spellings clients send."""
    return word.strip().lower() in TRUE


def text_of(element: etree._Element, name: str, default: str = "") -> str:
    """The text of a child, without the blanks around it."""
    found = element.find(name)
    return default if found is None else (found.text or "").strip()


def _parsed(body: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 0))
        raise NotARequest(f"line {line}, column {column}: {error}", Control()) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotARequest("line 1, column 0: a DOCTYPE is not accepted", Control())
    return root


def _child(parent: etree._Element, name: str, control: Control) -> etree._Element:
    found = parent.findall(name)
    if len(found) != 1:
        raise NotARequest(
            f"Element '{parent.tag}': exactly one child element '{name}' was expected.", control
        )
    return found[0]


def _control(root: etree._Element) -> Control:
    part = _child(root, "control", Control())
    control = Control(
        sender_id=text_of(part, "senderid"),
        password=text_of(part, "password"),
        control_id=text_of(part, "controlid"),
        unique=is_true(text_of(part, "uniqueid") or "true"),
        dtd_version=text_of(part, "dtdversion"),
        policy_id=text_of(part, "policyid"),
        whitespace=is_true(text_of(part, "includewhitespace") or "true"),
        more_about_errors=is_true(text_of(part, "showadditionalerrorinfo")),
    )
    for name in ("senderid", "password", "controlid", "dtdversion"):
        _child(part, name, control)
    if control.dtd_version != "3.0":
        raise NotARequest(
            f"Element 'dtdversion': '{control.dtd_version}' is not a version served here.", control
        )
    return control


def _sign_in(part: etree._Element, control: Control) -> Login | Resume:
    if part.find("sessionid") is not None:
        return Resume(text_of(part, "sessionid"))
    login = _child(part, "login", control)
    for name in ("userid", "companyid", "password"):
        _child(login, name, control)
    company, client, entity = _company(text_of(login, "companyid"))
    return Login(
        user_id=text_of(login, "userid"),
        company_id=text_of(login, "clientid") or client or company,
        password=text_of(login, "password"),
        location_id=text_of(login, "locationid") or entity,
    )


def _company(words: str) -> tuple[str, str, str]:
    """The pipe form of a company id: console, its client, the client's entity."""
    parts = [*words.split("|"), "", ""]
    return parts[0], parts[1], parts[2]


def _function(element: etree._Element, control: Control) -> Function:
    if element.tag != "function" or len(element) != 1:
        raise NotARequest(
            f"Element '{element.tag}': a 'function' with exactly one call was expected.", control
        )
    control_id = element.get("controlid")
    if control_id is None:
        raise NotARequest(
            "Element 'function': The attribute 'controlid' is required but missing.", control
        )
    return Function(control_id, element[0])
