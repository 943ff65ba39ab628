"""Use cases of a conversation: begin, take a turn, refer, end. Each writes once, in one transaction, or not at all."""

from app.turns.begin import Begun as Begun
from app.turns.begin import begin_conversation as begin_conversation
from app.turns.begin import end_conversation as end_conversation
from app.turns.begin import read_conversation as read_conversation
from app.turns.purge import purge as purge
from app.turns.receipts import ReceiptServices as ReceiptServices
from app.turns.receipts import Wanted as Wanted
from app.turns.receipts import find_receipt as find_receipt
from app.turns.receipts import make_receipt as make_receipt
from app.turns.receipts import replay as replay
from app.turns.refer import find_referral as find_referral
from app.turns.refer import make_referral as make_referral
from app.turns.services import TurnServices as TurnServices
from app.turns.take import TurnResult as TurnResult
from app.turns.take import take_turn as take_turn
