# The application: Python 3.12, its locked requirements, compiled catalogs.
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN /venv/bin/pybabel -q compile -d locales

FROM python:3.12-slim
RUN useradd --system --home /app boussole
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/app app
COPY --from=build /app/rules rules
COPY --from=build /app/referral_directory referral_directory
COPY --from=build /app/locales locales
# While Rasa is away the app understands by the fast half of the same classifier, learned at its start.
COPY --from=build /app/nlu/*.py /app/nlu/*.json /app/nlu/REPORT.md nlu/
COPY --from=build /app/nlu/text nlu/text
COPY --from=build /app/nlu/data nlu/data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
USER boussole
EXPOSE 8000
CMD ["uvicorn", "app.main:application", "--factory", "--host", "0.0.0.0", "--port", "8000", "--no-access-log"]
